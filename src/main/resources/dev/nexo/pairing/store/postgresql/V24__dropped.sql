-- The senders whose messages were dropped, of all servers: sums that each server adds up in memory. The
-- number of rows is limited. Times are in milliseconds since 1970. The weight is the binary logarithm of
-- the messages' weight: a message weighs twice as much as one an hour earlier.
CREATE TABLE pairing_dropped (
  channel    TEXT NOT NULL,
  account_id TEXT NOT NULL,
  sender_id  TEXT NOT NULL,
  reason     TEXT NOT NULL,
  messages   BIGINT NOT NULL,
  first_at   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL,
  last_text  TEXT,
  weight     DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (channel, account_id, sender_id, reason)
);
CREATE INDEX pairing_dropped_by_age ON pairing_dropped (last_at);
