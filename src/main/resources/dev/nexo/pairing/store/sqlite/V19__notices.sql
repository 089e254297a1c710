-- Which requests the operators were told of. A request is told once, by whichever server plans it.
ALTER TABLE pairing_pending ADD COLUMN told_at INTEGER;
-- When requests were told last. Further requests are told together, a minute later.
CREATE TABLE pairing_notice_plan (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  planned_at INTEGER NOT NULL
);
INSERT INTO pairing_notice_plan (id, planned_at) VALUES (1, 0);

-- The results of each way by which operators are told, for all servers.
CREATE TABLE pairing_notice_way (
  way          TEXT NOT NULL PRIMARY KEY,
  succeeded_at INTEGER,
  failed_at    INTEGER,
  failure      TEXT,
  -- The receiver that wants no more notices, as a digest.
  gone         TEXT
);
