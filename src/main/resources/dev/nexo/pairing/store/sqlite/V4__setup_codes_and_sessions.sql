-- Setup codes, the keys that sign them, and the sessions they open. Times are milliseconds since 1970.

-- Which keys there have been, by their SHA-256. The one in force is the one that was not retired.
CREATE TABLE pairing_signing_key (
  fingerprint TEXT    NOT NULL PRIMARY KEY,
  made_at     INTEGER NOT NULL,
  origin      TEXT    NOT NULL,
  retired_at  INTEGER,
  -- Until when it still verifies; null: as long as a server is configured to know it.
  valid_until INTEGER,
  -- Nothing that it signed can be used from then on; raised before anything is handed out.
  issued_until INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX pairing_signing_key_in_force ON pairing_signing_key ((retired_at IS NULL))
  WHERE retired_at IS NULL;

-- What operators handed out. Whether it was redeemed or cancelled, pairing_spent_nonce tells.
CREATE TABLE pairing_setup_code (
  setup_id     TEXT    NOT NULL PRIMARY KEY,
  nonce_sha256 TEXT    NOT NULL UNIQUE,
  profile      TEXT    NOT NULL,
  device_label TEXT,
  issued_at    INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  -- 1 once its expiry has been told.
  expired      INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX pairing_setup_code_by_expiry ON pairing_setup_code (expires_at);
CREATE INDEX pairing_setup_code_untold ON pairing_setup_code (expires_at) WHERE expired = 0;

-- Nonces and challenges that cannot be used again; the session is null where the operator cancelled.
CREATE TABLE pairing_spent_nonce (
  nonce_sha256 TEXT    NOT NULL PRIMARY KEY,
  spent_at     INTEGER NOT NULL,
  kept_until   INTEGER NOT NULL,
  session_id   TEXT
);
CREATE INDEX pairing_spent_nonce_by_age ON pairing_spent_nonce (kept_until);

CREATE TABLE pairing_session (
  session_id   TEXT    NOT NULL PRIMARY KEY,
  token_sha256 TEXT    NOT NULL UNIQUE,
  profile      TEXT    NOT NULL,
  device_label TEXT,
  device_key   TEXT,
  issued_at    INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  last_seen_at INTEGER
);
CREATE INDEX pairing_session_by_age ON pairing_session (issued_at, session_id);
CREATE INDEX pairing_session_by_expiry ON pairing_session (expires_at);
