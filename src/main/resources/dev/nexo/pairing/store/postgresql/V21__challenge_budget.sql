-- How many strangers an account has challenged within the hour that begins with the first of them (in
-- seconds since 1970), and whether it was reported that further ones are dropped.
CREATE TABLE pairing_challenge_budget (
  channel    TEXT    NOT NULL,
  account_id TEXT    NOT NULL,
  since      BIGINT  NOT NULL,
  challenges INTEGER NOT NULL,
  reported   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (channel, account_id)
);
-- 1 if the request was made without a message to the sender.
ALTER TABLE pairing_pending ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
