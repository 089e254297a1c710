-- What this module adds. Times in Nexo's tables are whole seconds since 1970, in our own milliseconds.

-- A default that is computed cannot be added to a table, so the table is made anew. The default
-- serves the rows that Nexo inserts.
CREATE TABLE pairing_pending_new (
  channel    TEXT    NOT NULL,
  account_id TEXT    NOT NULL,
  sender_id  TEXT    NOT NULL,
  code       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  meta_json  TEXT    NOT NULL DEFAULT '{}',
  request_id TEXT    NOT NULL DEFAULT (lower(hex(randomblob(16)))),
  first_text TEXT,
  PRIMARY KEY (channel, account_id, sender_id)
);
INSERT INTO pairing_pending_new (channel, account_id, sender_id, code, created_at, meta_json)
  SELECT channel, account_id, sender_id, code, created_at, meta_json FROM pairing_pending;
DROP TABLE pairing_pending;
ALTER TABLE pairing_pending_new RENAME TO pairing_pending;
-- Nexo's name, so that its CREATE INDEX IF NOT EXISTS finds it.
CREATE UNIQUE INDEX idx_pairing_pending_code ON pairing_pending (code);
CREATE UNIQUE INDEX pairing_pending_by_request ON pairing_pending (request_id);
CREATE INDEX pairing_pending_by_age ON pairing_pending (created_at, channel, account_id, sender_id);

ALTER TABLE pairing_allow_from ADD COLUMN expires_at INTEGER;
ALTER TABLE pairing_allow_from ADD COLUMN note TEXT;

-- Requests that ran out, kept for a day so that their codes can be told from unknown ones.
CREATE TABLE pairing_expired (
  request_id TEXT    NOT NULL PRIMARY KEY,
  code       TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  account_id TEXT    NOT NULL,
  sender_id  TEXT    NOT NULL,
  expired_at INTEGER NOT NULL
);
CREATE INDEX pairing_expired_by_code ON pairing_expired (code);
CREATE INDEX pairing_expired_by_age ON pairing_expired (expired_at);

-- Senders turned down: until a time (denied) or until unblocked (denied_until is null).
CREATE TABLE pairing_blocked (
  channel      TEXT    NOT NULL,
  account_id   TEXT    NOT NULL,
  sender_id    TEXT    NOT NULL,
  blocked_at   INTEGER NOT NULL,
  denied_until INTEGER,
  reason       TEXT,
  PRIMARY KEY (channel, account_id, sender_id)
);

-- What is still to be told to senders. The text is made when it is sent, from the pending row.
CREATE TABLE pairing_outbox (
  id           TEXT    NOT NULL PRIMARY KEY,
  request_id   TEXT    NOT NULL,
  kind         TEXT    NOT NULL CHECK (kind IN ('challenge', 'approved')),
  channel      TEXT    NOT NULL,
  account_id   TEXT    NOT NULL,
  sender_id    TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0,
  due_at       INTEGER NOT NULL,
  leased_until INTEGER NOT NULL DEFAULT 0,
  sent_at      INTEGER,
  UNIQUE (request_id, kind)
);
CREATE INDEX pairing_outbox_waiting ON pairing_outbox (due_at) WHERE sent_at IS NULL;

CREATE TABLE pairing_audit (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL,
  actor      TEXT    NOT NULL,
  surface    TEXT    NOT NULL,
  action     TEXT    NOT NULL,
  channel    TEXT,
  account_id TEXT,
  sender_id  TEXT,
  detail     TEXT
);
CREATE INDEX pairing_audit_by_sender ON pairing_audit (sender_id, id);
CREATE TRIGGER pairing_audit_no_update BEFORE UPDATE ON pairing_audit
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only added to');
END;
CREATE TRIGGER pairing_audit_no_delete BEFORE DELETE ON pairing_audit
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only added to');
END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER pairing_audit_no_replace BEFORE INSERT ON pairing_audit
WHEN EXISTS (SELECT 1 FROM pairing_audit WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only added to');
END;

-- Digests of secrets on which all servers of this database agree, like the operator's first password.
CREATE TABLE pairing_secret (
  name       TEXT    NOT NULL PRIMARY KEY,
  sha256     TEXT    NOT NULL,
  node       TEXT    NOT NULL,
  origin     TEXT    NOT NULL,
  changed_at INTEGER NOT NULL
);
