-- 1 if, in a group, only messages of senders who are admitted themselves are admitted. A change of it
-- counts like a narrowing.
ALTER TABLE pairing_allow_from ADD COLUMN members_only INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER pairing_allow_from_narrowed;
CREATE TRIGGER pairing_allow_from_narrowed AFTER UPDATE ON pairing_allow_from
WHEN (NEW.channel, NEW.account_id, NEW.sender_id)
    IS NOT (OLD.channel, OLD.account_id, OLD.sender_id)
  OR (OLD.revoked_at IS NULL AND (
    NEW.revoked_at IS NOT NULL
    OR NEW.expires_at < coalesce(OLD.expires_at, 9223372036854775807)
    OR typeof(NEW.expires_at) IN ('text', 'blob')
    OR (NEW.role, NEW.labels, NEW.idle_secs, NEW.members_only)
      IS NOT (OLD.role, OLD.labels, OLD.idle_secs, OLD.members_only)))
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;
DROP TRIGGER pairing_allow_from_replaced;
CREATE TRIGGER pairing_allow_from_replaced BEFORE INSERT ON pairing_allow_from
WHEN EXISTS (
  SELECT 1 FROM pairing_allow_from
  WHERE channel = NEW.channel AND account_id = NEW.account_id AND sender_id = NEW.sender_id
    AND revoked_at IS NULL AND (
      NEW.revoked_at IS NOT NULL
      OR NEW.expires_at < coalesce(expires_at, 9223372036854775807)
      OR typeof(NEW.expires_at) IN ('text', 'blob')
      OR (NEW.role, NEW.labels, NEW.idle_secs, NEW.members_only)
        IS NOT (role, labels, idle_secs, members_only)))
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;
