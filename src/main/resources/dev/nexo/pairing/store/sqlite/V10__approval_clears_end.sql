-- Nexo's approval and seeding do not know expires_at: without this, a sender whom Nexo approves
-- after the end would stay expired. The end is cleared by any statement that admits a sender (it
-- writes revoked_at, approved_at or approved_via) after the end, and leaves the end as it was.
CREATE TRIGGER pairing_allow_from_end
AFTER UPDATE OF approved_at, approved_via, revoked_at ON pairing_allow_from
WHEN NEW.revoked_at IS NULL
  AND NEW.expires_at IS OLD.expires_at
  AND NEW.note IS OLD.note
  AND (NEW.expires_at <= NEW.approved_at
    OR NEW.expires_at <= CAST(strftime('%s', 'now') AS INTEGER))
BEGIN
  UPDATE pairing_allow_from SET expires_at = NULL
    WHERE channel = NEW.channel AND account_id = NEW.account_id AND sender_id = NEW.sender_id;
END;
