import { keys } from '@mytradex/hooks';
import type { Instrument, MarketData, OrderSide } from '@mytradex/types';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { priceDecimals } from '../models/format.js';
import { checkTicket, hasStop, mayPostOnly, stepped, type CheckedTicket, type TicketForm, type TicketNumber } from '../models/ticket.js';
import { useTradingAccount, type TradingAccount } from './useTradingAccount.js';

/** The order ticket of one instrument: what is typed, and what its rules say to that. */
export interface Ticket {
  form: TicketForm;
  checked: CheckedTicket;
  change: (changes: Partial<TicketForm>) => void;
  /** Which account it trades from. */
  from: TradingAccount;
  /** Moves a number by ticks or lots. */
  step: (field: TicketNumber, by: number) => void;
  /** Takes a price from the book. */
  takePrice: (price: number) => void;
  clear: () => void;
}

const blank: TicketForm = { side: 'BUY', orderType: 'LIMIT', quantity: '', price: '', stopPrice: '', timeInForce: 'DAY', postOnly: false };

/** Keeps a ticket. Its owner gives it a key by symbol, so that another instrument begins with a blank one. */
export function useTicket(instrument: Instrument): Ticket {
  const queries = useQueryClient();
  const [form, setForm] = useState<TicketForm>(blank);
  const change = useCallback((changes: Partial<TicketForm>) => setForm((old) => settled({ ...old, ...changes })), []);
  const from = useTradingAccount(instrument.currency);
  // Looked up when it is needed: a ticket that followed every price would be drawn anew with each.
  const near = (side: OrderSide) => {
    const market = queries.getQueryData<MarketData>(keys.marketData(instrument.symbol));
    return (side === 'BUY' ? market?.askPrice : market?.bidPrice) ?? market?.lastPrice ?? instrument.referencePrice ?? undefined;
  };
  return {
    form,
    checked: checkTicket(form, instrument, from.account?.id),
    from,
    change,
    step: (field, by) => change({ [field]: stepped(form[field], field, instrument, by, field === 'quantity' ? undefined : near(form.side)) }),
    takePrice: useCallback(
      (price: number) => {
        const text = price.toFixed(priceDecimals(instrument));
        setForm((old) => (hasStop(old.orderType) && old.orderType === 'STOP' ? { ...old, stopPrice: text } : settled({ ...old, price: text, orderType: old.orderType === 'MARKET' ? 'LIMIT' : old.orderType })));
      },
      [instrument],
    ),
    clear: () => setForm((old) => ({ ...blank, side: old.side, orderType: old.orderType, timeInForce: old.timeInForce })),
  };
}

// What another choice makes impossible is taken back instead of refused.
function settled(form: TicketForm): TicketForm {
  return form.postOnly && !mayPostOnly(form.orderType, form.timeInForce) ? { ...form, postOnly: false } : form;
}
