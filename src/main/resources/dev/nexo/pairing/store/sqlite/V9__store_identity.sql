-- One row by which a running server recognizes the store it has opened. A copy that was restored
-- has the same store_id and fewer changes.
CREATE TABLE pairing_store (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  store_id  TEXT    NOT NULL,
  -- The changes that servers have committed; only rises.
  changes   BIGINT  NOT NULL,
  -- The last server that opened the store, and the changes until then.
  opening   TEXT    NOT NULL,
  opened_at BIGINT  NOT NULL
);
INSERT INTO pairing_store (id, store_id, changes, opening, opened_at)
  VALUES (1, lower(hex(randomblob(16))), 0, '', 0);
