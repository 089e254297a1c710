-- What was told is looked for twice a minute, to be cleared away a day later.
CREATE INDEX pairing_outbox_sent ON pairing_outbox (sent_at) WHERE sent_at IS NOT NULL;
