-- Requests that an operator decided a few minutes ago, as they were, so that the decision can be undone.
CREATE TABLE pairing_decided (
  request_id    TEXT    NOT NULL PRIMARY KEY,
  number        BIGINT NOT NULL,
  code          TEXT    NOT NULL,
  channel       TEXT    NOT NULL,
  account_id    TEXT    NOT NULL,
  sender_id     TEXT    NOT NULL,
  created_at    BIGINT NOT NULL,
  meta_json     TEXT    NOT NULL,
  first_text    TEXT,
  account_named BIGINT NOT NULL,
  silent        BIGINT NOT NULL,
  -- What the sender had not received yet: 1 the challenge, 2 the code alone, 3 both.
  queued        BIGINT NOT NULL,
  decision      TEXT    NOT NULL CHECK (decision IN ('approved', 'denied', 'blocked')),
  -- In milliseconds since 1970.
  decided_at    BIGINT NOT NULL,
  restorable_until BIGINT NOT NULL
);
CREATE INDEX pairing_decided_by_sender ON pairing_decided (channel, account_id, sender_id);
CREATE INDEX pairing_decided_by_age ON pairing_decided (restorable_until);
