-- First messages of pending senders, held for delivery after the approval. Encrypted; only when and how
-- they came is in clear. Number 0 is the beginning of the first message that was too large.
CREATE TABLE pairing_held (
  request_id      TEXT    NOT NULL,
  seq             INTEGER NOT NULL CHECK (seq BETWEEN 0 AND 5),
  channel         TEXT    NOT NULL,
  account_id      TEXT    NOT NULL,
  sender_id       TEXT    NOT NULL,
  received_at     INTEGER NOT NULL,
  -- How it is delivered: on the bus, to a module, or to the caller who approves.
  route           TEXT    NOT NULL CHECK (route IN ('bus', 'module', 'caller')),
  -- The signing key from which the key of the encryption is derived.
  key_fingerprint TEXT    NOT NULL,
  sealed          BLOB    NOT NULL,
  -- Null until the request is approved.
  approved_at     INTEGER,
  PRIMARY KEY (request_id, seq)
);
CREATE INDEX pairing_held_by_sender ON pairing_held (channel, account_id, sender_id);
