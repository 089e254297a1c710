-- More kinds of messages: to a request's sender, to owners, to a webhook and to browsers.
ALTER TABLE pairing_outbox DROP CONSTRAINT pairing_outbox_kind_check;
ALTER TABLE pairing_outbox DROP CONSTRAINT pairing_outbox_request_id_kind_key;
-- Who receives it, if that is not the sender: another sender's id, or the id of a subscription.
ALTER TABLE pairing_outbox ADD COLUMN target TEXT NOT NULL DEFAULT '';
-- What the message says, if the pending request does not say it. JSON.
ALTER TABLE pairing_outbox ADD COLUMN payload TEXT;
ALTER TABLE pairing_outbox ADD CONSTRAINT pairing_outbox_once UNIQUE (request_id, kind, target);
