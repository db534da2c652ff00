-- What Stripe told us, once each, whatever the number of deliveries.
CREATE TABLE stripe_events (
    id {identity},
    stripe_id {text} NOT NULL UNIQUE,
    event_type {text} NOT NULL,
    -- The event as it was signed. May hold personal data.
    payload {text} NOT NULL,
    status {text} NOT NULL,
    -- What came of it, or why nothing could.
    outcome {text},
    created_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    processed_at BIGINT
);
CREATE INDEX stripe_events_by_receipt ON stripe_events (received_at, id);

-- Payments to be credited to an account, each once, whatever the number of events that tell of it.
CREATE TABLE stripe_payments (
    payment_intent_id {text} PRIMARY KEY,
    account_id BIGINT NOT NULL,
    currency {text} NOT NULL,
    -- In the currency's units.
    amount BIGINT NOT NULL,
    -- How often the exchange was asked under a key of its own; empty times: not asked yet.
    round BIGINT NOT NULL,
    asked_after_sequence BIGINT,
    asked_at BIGINT,
    -- The command that credited it: a command credits one payment.
    sequence BIGINT UNIQUE,
    created_at BIGINT NOT NULL
) {keyed};
CREATE INDEX stripe_payments_by_account ON stripe_payments (account_id);

CREATE TABLE stripe_subscriptions (
    subscription_id {text} PRIMARY KEY,
    customer {text},
    status {text} NOT NULL,
    -- When Stripe made the event that this is from: an older one never replaces it.
    as_of BIGINT NOT NULL,
    stripe_event_id {text} NOT NULL
) {keyed};

-- Where users want to be told what happens.
CREATE TABLE webhooks (
    id {identity},
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    url {text} NOT NULL,
    -- Names of event types, separated by spaces.
    events {text} NOT NULL,
    description {text},
    active BOOLEAN NOT NULL,
    -- Sealed with the server's keys: it must be read to sign.
    secret {blob} NOT NULL,
    previous_secret {blob},
    previous_until BIGINT,
    -- Deliveries in a row that came to nothing, and since when no try has succeeded.
    failures BIGINT NOT NULL,
    failing_since BIGINT,
    disabled_reason {text},
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX webhooks_by_user ON webhooks (user_id, id);

CREATE TABLE webhook_deliveries (
    id {identity},
    webhook_id BIGINT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    -- The same however often it is sent: who receives it tells repetitions by it.
    message_id {text} NOT NULL,
    event_type {text} NOT NULL,
    body {text} NOT NULL,
    status {text} NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    attempted_at BIGINT,
    duration_us BIGINT,
    request_headers {text},
    response_status BIGINT,
    response_headers {text},
    response_body {text},
    error {text},
    UNIQUE (webhook_id, message_id)
);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_by_creation ON webhook_deliveries (created_at);

-- What happened in the exchange to users who want to be told, written with the rows that show it; gone once it has been handed on.
CREATE TABLE announcements (
    sequence BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    event_type {text} NOT NULL,
    payload {text} NOT NULL,
    occurred_at BIGINT NOT NULL,
    PRIMARY KEY (sequence, idx, user_id)
) {keyed};
