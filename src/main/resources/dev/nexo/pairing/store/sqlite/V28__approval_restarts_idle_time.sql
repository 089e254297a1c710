-- Nexo's seed does not change approved_at: without this, a sender whom Nexo seeds after the idle time
-- has ended would stay inactive. Any statement that admits a sender (it writes revoked_at or
-- approved_via) after this end, and leaves the idle time as it was, begins the idle time again.
CREATE TRIGGER pairing_allow_from_idle
AFTER UPDATE OF approved_at, approved_via, revoked_at ON pairing_allow_from
WHEN NEW.revoked_at IS NULL
  AND NEW.approved_at = OLD.approved_at
  AND NEW.idle_secs IS OLD.idle_secs
  AND NEW.note IS OLD.note
  AND max(NEW.approved_at, coalesce(NEW.last_seen_at, 0)) + NEW.idle_secs
    <= CAST(strftime('%s', 'now') AS INTEGER)
BEGIN
  UPDATE pairing_allow_from
    SET approved_at = CAST(strftime('%s', 'now') AS INTEGER),
      role = CASE role WHEN 'owner' THEN 'member' ELSE role END
    WHERE channel = NEW.channel AND account_id = NEW.account_id AND sender_id = NEW.sender_id;
END;
