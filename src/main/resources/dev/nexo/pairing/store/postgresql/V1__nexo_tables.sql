-- The tables that Nexo has in SQLite, under the same names.
CREATE TABLE IF NOT EXISTS pairing_pending (
  channel    TEXT    NOT NULL,
  account_id TEXT    NOT NULL,
  sender_id  TEXT    NOT NULL,
  code       TEXT    NOT NULL,
  created_at BIGINT  NOT NULL,
  meta_json  TEXT    NOT NULL DEFAULT '{}',
  PRIMARY KEY (channel, account_id, sender_id)
);
CREATE INDEX IF NOT EXISTS idx_pairing_pending_code ON pairing_pending (code);

CREATE TABLE IF NOT EXISTS pairing_allow_from (
  channel      TEXT    NOT NULL,
  account_id   TEXT    NOT NULL,
  sender_id    TEXT    NOT NULL,
  approved_at  BIGINT  NOT NULL,
  approved_via TEXT    NOT NULL DEFAULT 'cli',
  revoked_at   BIGINT ,
  PRIMARY KEY (channel, account_id, sender_id)
);
