CREATE TABLE transfers (
    id {key},
    series_id BIGINT,
    occurrence BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    from_account_id BIGINT NOT NULL,
    to_account_id BIGINT NOT NULL,
    from_user_id BIGINT NOT NULL,
    to_user_id BIGINT NOT NULL,
    currency {text} NOT NULL,
    amount BIGINT NOT NULL,
    status {text} NOT NULL,
    reason {text},
    memo {text},
    recurrence {text},
    created_at BIGINT NOT NULL,
    run_at BIGINT,
    ended_at BIGINT,
    sequence BIGINT NOT NULL
);
CREATE INDEX transfers_by_sender ON transfers (from_user_id, created_at, id);
CREATE INDEX transfers_by_receiver ON transfers (to_user_id, created_at, id);
