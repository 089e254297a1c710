-- More kinds of messages: to a request's sender, to owners, to a webhook and to browsers. SQLite
-- cannot change a constraint, so the table is made anew.
CREATE TABLE pairing_outbox_new (
  id            TEXT    NOT NULL PRIMARY KEY,
  request_id    TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  -- Who receives it, if that is not the sender: another sender's id, or the id of a subscription.
  target        TEXT    NOT NULL DEFAULT '',
  channel       TEXT    NOT NULL,
  account_id    TEXT    NOT NULL,
  sender_id     TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  attempts      INTEGER NOT NULL DEFAULT 0,
  due_at        INTEGER NOT NULL,
  leased_until  INTEGER NOT NULL DEFAULT 0,
  sent_at       INTEGER,
  account_named INTEGER NOT NULL DEFAULT 1,
  -- What the message says, if the pending request does not say it. JSON.
  payload       TEXT,
  UNIQUE (request_id, kind, target)
);
INSERT INTO pairing_outbox_new (id, request_id, kind, channel, account_id, sender_id, created_at,
    attempts, due_at, leased_until, sent_at, account_named)
  SELECT id, request_id, kind, channel, account_id, sender_id, created_at,
    attempts, due_at, leased_until, sent_at, account_named FROM pairing_outbox;
DROP TABLE pairing_outbox;
ALTER TABLE pairing_outbox_new RENAME TO pairing_outbox;
CREATE INDEX pairing_outbox_waiting ON pairing_outbox (due_at) WHERE sent_at IS NULL;
CREATE INDEX pairing_outbox_sent ON pairing_outbox (sent_at) WHERE sent_at IS NOT NULL;
