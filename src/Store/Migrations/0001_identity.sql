-- Who may sign in, the sessions they hold, and the answers kept for safe retries.
CREATE TABLE users (
    id {identity},
    email {text} NOT NULL,
    email_key {text} NOT NULL UNIQUE,
    password_hash {text},
    name {text} NOT NULL,
    first_name {text} NOT NULL,
    last_name {text} NOT NULL,
    avatar {text},
    role {text} NOT NULL,
    status {text} NOT NULL,
    -- Lower-case email, name, first and last name, a line each: one column to search, with one meaning of "case" in both databases.
    search_text {text} NOT NULL,
    token_version BIGINT NOT NULL,
    version BIGINT NOT NULL,
    failed_logins BIGINT NOT NULL,
    locked_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_login BIGINT
);
CREATE INDEX users_by_creation ON users (created_at, id);

-- A sign-in and every token rotated out of it. Revoking is one row, so no token can slip past it.
CREATE TABLE refresh_families (
    id {text} PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
) {keyed};
CREATE INDEX refresh_families_by_user ON refresh_families (user_id);
CREATE INDEX refresh_families_by_expiry ON refresh_families (expires_at);

CREATE TABLE refresh_tokens (
    token_hash {blob} PRIMARY KEY,
    family_id {text} NOT NULL REFERENCES refresh_families (id) ON DELETE CASCADE,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    spent_at BIGINT
) {keyed};
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at);

CREATE TABLE idempotency_keys (
    user_id BIGINT NOT NULL,
    key_hash {blob} NOT NULL,
    fingerprint {blob} NOT NULL,
    -- Empty while the first request is still at work.
    status BIGINT,
    location {text},
    body {blob},
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, key_hash)
) {keyed};
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
