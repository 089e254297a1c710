-- What a sender is to the operator, when the sender was last seen, and access that ends after an idle
-- time. Nexo's rows get the defaults.
ALTER TABLE pairing_allow_from ADD COLUMN role TEXT NOT NULL DEFAULT 'member'
  CHECK (role IN ('owner', 'member', 'guest'));
-- A JSON array of strings.
ALTER TABLE pairing_allow_from ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
ALTER TABLE pairing_allow_from ADD COLUMN idle_secs INTEGER
  CHECK (idle_secs BETWEEN 3600 AND 315360000);
ALTER TABLE pairing_allow_from ADD COLUMN last_seen_at INTEGER;
-- Nobody has recorded it so far. Without this, everyone admitted long ago would be listed as unseen.
UPDATE pairing_allow_from SET last_seen_at = CAST(strftime('%s', 'now') AS INTEGER)
  WHERE revoked_at IS NULL;
CREATE INDEX pairing_allow_from_owners ON pairing_allow_from (channel, account_id, sender_id)
  WHERE role = 'owner';

-- A cached admission has the role and the labels, so a change of them counts like a narrowing. The
-- time of the last message does not.
DROP TRIGGER pairing_allow_from_narrowed;
CREATE TRIGGER pairing_allow_from_narrowed AFTER UPDATE ON pairing_allow_from
WHEN (NEW.channel, NEW.account_id, NEW.sender_id)
    IS NOT (OLD.channel, OLD.account_id, OLD.sender_id)
  OR (OLD.revoked_at IS NULL AND (
    NEW.revoked_at IS NOT NULL
    OR NEW.expires_at < coalesce(OLD.expires_at, 9223372036854775807)
    OR typeof(NEW.expires_at) IN ('text', 'blob')
    OR (NEW.role, NEW.labels, NEW.idle_secs) IS NOT (OLD.role, OLD.labels, OLD.idle_secs)))
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
      OR (NEW.role, NEW.labels, NEW.idle_secs) IS NOT (role, labels, idle_secs)))
BEGIN
  UPDATE pairing_narrowing SET version = version + 1 WHERE id = 1;
END;

-- An owner may approve others. Nexo does not know roles, so an owner who was revoked, or whose
-- admission has expired, is a member when Nexo admits the sender again.
CREATE TRIGGER pairing_allow_from_owner_revoked AFTER UPDATE OF revoked_at ON pairing_allow_from
WHEN OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.role = 'owner'
BEGIN
  UPDATE pairing_allow_from SET role = 'member'
    WHERE channel = NEW.channel AND account_id = NEW.account_id AND sender_id = NEW.sender_id;
END;
DROP TRIGGER pairing_allow_from_end;
CREATE TRIGGER pairing_allow_from_end
AFTER UPDATE OF approved_at, approved_via, revoked_at ON pairing_allow_from
WHEN NEW.revoked_at IS NULL
  AND NEW.expires_at IS OLD.expires_at
  AND NEW.note IS OLD.note
  AND (NEW.expires_at <= NEW.approved_at
    OR NEW.expires_at <= CAST(strftime('%s', 'now') AS INTEGER))
BEGIN
  UPDATE pairing_allow_from
    SET expires_at = NULL, role = CASE role WHEN 'owner' THEN 'member' ELSE role END
    WHERE channel = NEW.channel AND account_id = NEW.account_id AND sender_id = NEW.sender_id;
END;
