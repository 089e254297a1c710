-- What a line of the audit trail is about besides a sender: the id of a pending request, of a setup code or of a
-- session, as its action says. Lines from before have none.
ALTER TABLE pairing_audit ADD COLUMN subject TEXT;
