-- What users have uploaded. The bytes lie in the data folder, under disk_name; a row is written once they are safe there.
CREATE TABLE files (
    id {identity},
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- UPLOAD or AVATAR.
    purpose {text} NOT NULL,
    disk_name {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    content_type {text} NOT NULL,
    size BIGINT NOT NULL,
    sha256 {text} NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX files_by_user ON files (user_id, purpose, created_at, id);
