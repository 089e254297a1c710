-- The browsers that are told of new requests. The id is the SHA-256 of the endpoint.
CREATE TABLE pairing_push (
  id           TEXT NOT NULL PRIMARY KEY,
  label        TEXT NOT NULL,
  name         TEXT NOT NULL,
  endpoint     TEXT NOT NULL,
  p256dh       TEXT NOT NULL,
  auth         TEXT NOT NULL,
  contact      TEXT,
  -- A MAC of the operator's password under the signing key: if one changes, the subscription ends.
  bond         TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  delivered_at BIGINT
);

-- The tokens of notifications, which decide one request each, by their SHA-256.
CREATE TABLE pairing_push_token (
  token_sha256 TEXT NOT NULL PRIMARY KEY,
  request_id   TEXT NOT NULL,
  number       BIGINT NOT NULL,
  push_id      TEXT NOT NULL,
  expires_at   BIGINT NOT NULL
);
CREATE INDEX pairing_push_token_by_expiry ON pairing_push_token (expires_at);
