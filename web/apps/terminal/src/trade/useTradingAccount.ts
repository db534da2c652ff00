import { useAccounts } from '@mytradex/hooks';
import type { Account } from '@mytradex/types';
import { useCallback, useMemo, useState } from 'react';

const lastAccount = 'account';

/** Which account an order trades from, of those that can. */
export interface TradingAccount {
  /** Those that trade in the currency, oldest first. */
  accounts: readonly Account[];
  /** The chosen one; undefined where there is none. */
  account: Account | undefined;
  choose: (id: string) => void;
}

/** The account chosen last, also for another instrument, and the oldest until one is: an order goes where the ticket says, however many there are. */
export function useTradingAccount(currency: string): TradingAccount {
  const all = useAccounts().data;
  const [id, setId] = useState(() => localStorage.getItem(lastAccount));
  const accounts = useMemo(() => all?.filter((account) => account.type === 'TRADING' && account.currency === currency && account.status !== 'CLOSED') ?? [], [all, currency]);
  const choose = useCallback((chosen: string) => {
    localStorage.setItem(lastAccount, chosen);
    setId(chosen);
  }, []);
  return { accounts, account: accounts.find((account) => account.id === id) ?? accounts[0], choose };
}
