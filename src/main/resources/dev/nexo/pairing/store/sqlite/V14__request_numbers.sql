-- A short number for each request, by which operators name it. Counts up and is never used again. A
-- trigger gives it, so that Nexo's requests have one, too.
CREATE TABLE pairing_request_number (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
);
INSERT INTO pairing_request_number (id, last) SELECT 1, count(*) FROM pairing_pending;
ALTER TABLE pairing_pending ADD COLUMN number INTEGER;
UPDATE pairing_pending SET number = (
  SELECT count(*) FROM pairing_pending AS earlier WHERE earlier.rowid <= pairing_pending.rowid);
CREATE UNIQUE INDEX pairing_pending_by_number ON pairing_pending (number);
CREATE TRIGGER pairing_pending_numbered AFTER INSERT ON pairing_pending WHEN NEW.number IS NULL
BEGIN
  UPDATE pairing_request_number SET last = last + 1 WHERE id = 1;
  UPDATE pairing_pending SET number = (SELECT last FROM pairing_request_number)
    WHERE channel = NEW.channel AND account_id = NEW.account_id AND sender_id = NEW.sender_id;
END;
ALTER TABLE pairing_expired ADD COLUMN number INTEGER;
