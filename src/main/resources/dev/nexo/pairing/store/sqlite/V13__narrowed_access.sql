-- Only a change that narrows access can make a cached admission wrong: a revocation, an earlier end, a
-- deletion, a block or a denial. The counter rises with each of them, so that other servers know when
-- to clear their caches. Triggers hold for every program that writes.
CREATE TABLE pairing_narrowing (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
);
INSERT INTO pairing_narrowing (id, version) VALUES (1, 0);

-- Another key counts for revoked rows, too: UPDATE OR REPLACE deletes the row that had it.
CREATE TRIGGER pairing_allow_from_narrowed AFTER UPDATE ON pairing_allow_from
WHEN (NEW.channel, NEW.account_id, NEW.sender_id)
    IS NOT (OLD.channel, OLD.account_id, OLD.sender_id)
  OR (OLD.revoked_at IS NULL AND (
    NEW.revoked_at IS NOT NULL
    OR NEW.expires_at < coalesce(OLD.expires_at, 9223372036854775807)
    OR typeof(NEW.expires_at) IN ('text', 'blob')))
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;
CREATE TRIGGER pairing_allow_from_deleted AFTER DELETE ON pairing_allow_from
WHEN OLD.revoked_at IS NULL
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER pairing_allow_from_replaced BEFORE INSERT ON pairing_allow_from
WHEN EXISTS (
  SELECT 1 FROM pairing_allow_from
  WHERE channel = NEW.channel AND account_id = NEW.account_id AND sender_id = NEW.sender_id
    AND revoked_at IS NULL AND (
      NEW.revoked_at IS NOT NULL
      OR NEW.expires_at < coalesce(expires_at, 9223372036854775807)
      OR typeof(NEW.expires_at) IN ('text', 'blob')))
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;
CREATE TRIGGER pairing_blocked_inserted AFTER INSERT ON pairing_blocked
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;
CREATE TRIGGER pairing_blocked_updated AFTER UPDATE ON pairing_blocked
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;
