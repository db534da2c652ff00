-- Nobody asks for the trades of an account: its fills are found by order, its money and shares in the ledger. These were two of a trade's six entries.
DROP INDEX trades_by_buy_account;
DROP INDEX trades_by_sell_account;
