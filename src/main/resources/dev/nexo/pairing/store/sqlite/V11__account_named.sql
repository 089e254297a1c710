-- Whether the message named the account that received it. If not, it is answered on the channel's subject without an
-- account. Rows of Nexo and of earlier releases are answered as before.
ALTER TABLE pairing_pending ADD COLUMN account_named INTEGER NOT NULL DEFAULT 1;
ALTER TABLE pairing_outbox ADD COLUMN account_named INTEGER NOT NULL DEFAULT 1;
