-- The exchange's events folded into tables. All of it can be had again from the journal.
CREATE TABLE projection_checkpoint (
    id {key},
    sequence BIGINT NOT NULL,
    log_position BIGINT NOT NULL,
    anchor_checksum BIGINT NOT NULL
);
INSERT INTO projection_checkpoint (id, sequence, log_position, anchor_checksum) VALUES (1, 0, 0, 0);

CREATE TABLE accounts (
    id {key},
    user_id BIGINT NOT NULL,
    name {text} NOT NULL,
    type {text} NOT NULL,
    currency {text} NOT NULL,
    balance BIGINT NOT NULL,
    held BIGINT NOT NULL,
    status {text} NOT NULL,
    synthetic BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    sequence BIGINT NOT NULL
);
CREATE INDEX accounts_by_user ON accounts (user_id);

CREATE TABLE instruments (
    id {key},
    symbol {text} NOT NULL,
    json {text} NOT NULL,
    sequence BIGINT NOT NULL
);

CREATE TABLE positions (
    account_id BIGINT NOT NULL,
    instrument_id BIGINT NOT NULL,
    symbol {text} NOT NULL,
    quantity BIGINT NOT NULL,
    held BIGINT NOT NULL,
    cost_basis BIGINT NOT NULL,
    realized_pnl BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, instrument_id)
) {keyed};

CREATE TABLE orders (
    id {key},
    account_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    instrument_id BIGINT NOT NULL,
    symbol {text} NOT NULL,
    side {text} NOT NULL,
    order_type {text} NOT NULL,
    time_in_force {text} NOT NULL,
    self_trade_prevention {text} NOT NULL,
    post_only BOOLEAN NOT NULL,
    client_order_id {text},
    price BIGINT,
    stop_price BIGINT,
    quantity BIGINT NOT NULL,
    filled_quantity BIGINT NOT NULL,
    filled_notional BIGINT NOT NULL,
    fees BIGINT NOT NULL,
    status {text} NOT NULL,
    reason {text},
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    sequence BIGINT NOT NULL
);
CREATE INDEX orders_by_user ON orders (user_id, created_at, id);
CREATE INDEX orders_by_user_symbol ON orders (user_id, symbol, created_at, id);
CREATE INDEX orders_by_client_order_id ON orders (client_order_id, account_id) WHERE client_order_id IS NOT NULL;

CREATE TABLE trades (
    id {key},
    instrument_id BIGINT NOT NULL,
    symbol {text} NOT NULL,
    price BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    notional BIGINT NOT NULL,
    taker_side {text} NOT NULL,
    buy_order_id BIGINT NOT NULL,
    sell_order_id BIGINT NOT NULL,
    buy_account_id BIGINT NOT NULL,
    sell_account_id BIGINT NOT NULL,
    buy_fee BIGINT NOT NULL,
    sell_fee BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    executed_at BIGINT NOT NULL
);
CREATE INDEX trades_by_instrument ON trades (instrument_id, executed_at, id);
CREATE INDEX trades_by_buy_order ON trades (buy_order_id);
CREATE INDEX trades_by_sell_order ON trades (sell_order_id);
CREATE INDEX trades_by_buy_account ON trades (buy_account_id, executed_at, id);
CREATE INDEX trades_by_sell_account ON trades (sell_account_id, executed_at, id);

CREATE TABLE ledger_lines (
    entry_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    asset {text} NOT NULL,
    amount BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    kind {text} NOT NULL,
    reference {text} NOT NULL,
    sequence BIGINT NOT NULL,
    posted_at BIGINT NOT NULL,
    PRIMARY KEY (entry_id, line)
) {keyed};
CREATE INDEX ledger_lines_by_account ON ledger_lines (account_id, posted_at, entry_id, line);

CREATE TABLE candles (
    instrument_id BIGINT NOT NULL,
    open_time BIGINT NOT NULL,
    open BIGINT NOT NULL,
    high BIGINT NOT NULL,
    low BIGINT NOT NULL,
    close BIGINT NOT NULL,
    volume BIGINT NOT NULL,
    notional BIGINT NOT NULL,
    trade_count BIGINT NOT NULL,
    PRIMARY KEY (instrument_id, open_time)
) {keyed};
CREATE INDEX candles_by_time ON candles (open_time);
