-- 1 if, in a group, only messages of senders who are admitted themselves are admitted. A change of it
-- counts like a narrowing.
ALTER TABLE pairing_allow_from ADD COLUMN members_only INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER pairing_allow_from_narrowed ON pairing_allow_from;
CREATE TRIGGER pairing_allow_from_narrowed AFTER UPDATE ON pairing_allow_from
  FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND (
    NEW.revoked_at IS NOT NULL
    OR NEW.expires_at < coalesce(OLD.expires_at, 9223372036854775807)
    OR (NEW.channel, NEW.account_id, NEW.sender_id, NEW.role, NEW.labels, NEW.idle_secs,
        NEW.members_only)
      IS DISTINCT FROM
      (OLD.channel, OLD.account_id, OLD.sender_id, OLD.role, OLD.labels, OLD.idle_secs,
        OLD.members_only)))
  EXECUTE FUNCTION pairing_count_change();
