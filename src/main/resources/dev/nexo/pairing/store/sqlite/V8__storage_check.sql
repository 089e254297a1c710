-- One row that the readiness check writes, so that a full or read-only disk is noticed. The counter
-- only rises.
CREATE TABLE pairing_storage_check (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  writes BIGINT  NOT NULL
);
INSERT INTO pairing_storage_check (id, writes) VALUES (1, 0);
