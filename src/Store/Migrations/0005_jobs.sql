-- Work that is done after the transaction that asked for it, once that has been committed.
CREATE TABLE jobs (
    id {identity},
    kind {text} NOT NULL,
    -- Names the work among its kind, where the same work may be asked for twice.
    unique_key {text},
    payload {text} NOT NULL,
    status {text} NOT NULL,
    -- Tries begun, those left out that ended with their server. Together with the interruptions it rises with every claim, and so names one.
    attempts BIGINT NOT NULL,
    interruptions BIGINT NOT NULL,
    -- Tries of earlier lives, before somebody asked for the job to be tried again.
    attempts_before BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    owner {text},
    lease_until BIGINT,
    error {text},
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT
);
CREATE UNIQUE INDEX jobs_by_key ON jobs (kind, unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX jobs_by_creation ON jobs (created_at, id);
-- The conditions are in every query that should read along these, spelled as here, see JobStore.
CREATE INDEX jobs_queued ON jobs (kind, due_at, id) WHERE status = 'QUEUED';
CREATE INDEX jobs_running ON jobs (owner, lease_until) WHERE status = 'RUNNING';
CREATE INDEX jobs_finished ON jobs (kind, status, finished_at, id) WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED');

-- What proves, once, that who presents it reads a user's mail. The token itself is in the mail alone.
CREATE TABLE mail_tokens (
    token_hash {blob} PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose {text} NOT NULL,
    -- The address that was written to: a token proves nothing about one that came later.
    email_key {text} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) {keyed};
CREATE INDEX mail_tokens_by_user ON mail_tokens (user_id, purpose, created_at);
CREATE INDEX mail_tokens_by_expiry ON mail_tokens (expires_at);

ALTER TABLE users ADD COLUMN email_verified_at BIGINT;
