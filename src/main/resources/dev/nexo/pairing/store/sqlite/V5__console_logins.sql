-- Who is signed in on the operator's page, on whatever server. Times are milliseconds since 1970.

CREATE TABLE pairing_console_login (
  -- The token itself is the browser's alone.
  token_sha256 TEXT    NOT NULL PRIMARY KEY,
  name         TEXT    NOT NULL,
  opened_at    INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  -- An HMAC of the password's digest whose key is the token: nothing to try passwords against.
  password_mac TEXT    NOT NULL
);
