-- A short number for each request, by which operators name it. Counts up and is never used again. A
-- default gives it, so that Nexo's requests have one, too.
CREATE SEQUENCE pairing_request_number;
ALTER TABLE pairing_pending
  ADD COLUMN number BIGINT NOT NULL DEFAULT nextval('pairing_request_number');
CREATE UNIQUE INDEX pairing_pending_by_number ON pairing_pending (number);
ALTER TABLE pairing_expired ADD COLUMN number BIGINT;
