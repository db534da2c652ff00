-- What a webhook is told of: what came after this sequence. Its time of creation does not say so, for clocks are set back. Of those that are there already everything
-- that still waits is told, as none of it is older than they are but for moments.
ALTER TABLE webhooks ADD COLUMN after_sequence BIGINT NOT NULL DEFAULT 0;
