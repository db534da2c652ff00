import type { Instrument, OrderSide, OrderType, PlaceOrderRequest, TimeInForce } from '@mytradex/types';
import { ceilTo, floorTo, fromNumber, parseDecimal, toNumber, toText } from './decimal.js';
import { priceDecimals, quantityDecimals } from './format.js';

/** What stands in the order ticket, as typed. */
export interface TicketForm {
  side: OrderSide;
  orderType: OrderType;
  quantity: string;
  price: string;
  stopPrice: string;
  timeInForce: TimeInForce;
  postOnly: boolean;
}

/** A number field of the ticket. */
export type TicketNumber = 'quantity' | 'price' | 'stopPrice';

/** What is wrong with a ticket, by field. */
export type TicketErrors = Partial<Record<TicketNumber | 'postOnly', string>>;

/** A ticket looked at by an instrument's rules. */
export interface CheckedTicket {
  errors: TicketErrors;
  /** Fields that are still empty, though needed: no error yet, but nothing to send either. */
  missing: TicketNumber[];
  /** What to send; undefined while something is wrong or missing. */
  order: PlaceOrderRequest | undefined;
  /** Price times quantity as a plain decimal, where both are there. */
  value: string | undefined;
}

/** Whether orders of this type name a limit price. */
export const hasPrice = (type: OrderType): boolean => type === 'LIMIT' || type === 'STOP_LIMIT';

/** Whether orders of this type wait for a price. */
export const hasStop = (type: OrderType): boolean => type === 'STOP' || type === 'STOP_LIMIT';

/** Whether an order can be kept from taking: those alone that may rest. */
export const mayPostOnly = (type: OrderType, force: TimeInForce): boolean => hasPrice(type) && (force === 'DAY' || force === 'GTC');

/** Looks a ticket over by the instrument's rules: tick, lot, band. Nobody is asked; what the server alone can know, its preview tells. Without an account the server takes the oldest. */
export function checkTicket(form: TicketForm, instrument: Instrument, accountId?: string): CheckedTicket {
  const errors: TicketErrors = {};
  const missing: TicketNumber[] = [];
  const scales = scalesOf(instrument);

  const quantity = read('quantity', scales.quantity, fromNumber(instrument.lotSize, scales.quantity), 'lot', quantityDecimals(instrument));
  const tick = fromNumber(instrument.tickSize, scales.price);
  const price = hasPrice(form.orderType) ? read('price', scales.price, tick, 'tick', priceDecimals(instrument)) : undefined;
  const stopPrice = hasStop(form.orderType) ? read('stopPrice', scales.price, tick, 'tick', priceDecimals(instrument)) : undefined;

  if (price !== undefined && !errors.price) {
    const low = instrument.minPrice ?? undefined;
    const high = instrument.maxPrice ?? undefined;
    if ((low !== undefined && price < fromNumber(low, scales.price)) || (high !== undefined && price > fromNumber(high, scales.price)))
      errors.price = `Outside today's band of ${low?.toFixed(priceDecimals(instrument)) ?? '0'} to ${high?.toFixed(priceDecimals(instrument)) ?? '∞'}.`;
  }
  if (form.postOnly && !mayPostOnly(form.orderType, form.timeInForce)) errors.postOnly = 'Post-only is for limit orders that may rest (DAY or GTC).';

  const isWhole = Object.keys(errors).length === 0 && missing.length === 0 && quantity !== undefined;
  const value = price !== undefined && quantity !== undefined ? toText(price * quantity, scales.price + scales.quantity) : undefined;
  return {
    errors,
    missing,
    value,
    order: isWhole
      ? {
          symbol: instrument.symbol,
          side: form.side,
          orderType: form.orderType,
          quantity: toNumber(quantity, scales.quantity),
          ...(price !== undefined && { price: toNumber(price, scales.price) }),
          ...(stopPrice !== undefined && { stopPrice: toNumber(stopPrice, scales.price) }),
          timeInForce: form.timeInForce,
          ...(form.postOnly && { postOnly: true }),
          ...(accountId !== undefined && { accountId }),
        }
      : undefined,
  };

  function read(field: TicketNumber, scale: number, step: bigint, stepName: string, decimals: number): bigint | undefined {
    const text = form[field].trim();
    if (text === '') {
      missing.push(field);
      return undefined;
    }
    // Six decimals more than allowed are still understood, to say which neighbours are right.
    const fine = parseDecimal(text, scale + 6);
    if (fine === undefined) {
      errors[field] = 'Not a number.';
      return undefined;
    }
    if (fine <= 0n) {
      errors[field] = 'Must be above zero.';
      return undefined;
    }
    const fineStep = step * 10n ** 6n;
    if (fine % fineStep === 0n) return fine / 10n ** 6n;
    const write = (steps: bigint) => toText(steps, scale + 6, decimals);
    const below = floorTo(fine, fineStep);
    const above = ceilTo(fine, fineStep);
    errors[field] = `Not a multiple of the ${stepName} of ${write(fineStep)}; nearest: ${below > 0n ? `${write(below)} and ` : ''}${write(above)}.`;
    return undefined;
  }
}

/** A field's text a number of ticks or lots further; what is no multiple goes to the next one first. */
export function stepped(text: string, field: TicketNumber, instrument: Instrument, by: number, from?: number): string {
  const scales = scalesOf(instrument);
  const scale = field === 'quantity' ? scales.quantity : scales.price;
  const decimals = field === 'quantity' ? quantityDecimals(instrument) : priceDecimals(instrument);
  const step = fromNumber(field === 'quantity' ? instrument.lotSize : instrument.tickSize, scale);
  const now = parseDecimal(text, scale) ?? fromNumber(from ?? 0, scale);
  const base = now % step === 0n ? now : by > 0 ? floorTo(now, step) : ceilTo(now, step);
  const next = base + BigInt(by) * step;
  return toText(next < step ? step : next, scale, decimals);
}

function scalesOf(instrument: Instrument): { price: number; quantity: number } {
  return { price: instrument.priceScale ?? 2, quantity: instrument.quantityScale ?? 0 };
}
