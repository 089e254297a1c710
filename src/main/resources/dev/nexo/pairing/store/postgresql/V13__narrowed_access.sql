-- Only a change that narrows access can make a cached admission wrong: a revocation, an earlier end, a
-- deletion, a block or a denial. The others are no longer counted, so an approval or a seeded list
-- does not empty the caches of all servers. Triggers hold for every program that writes.
DROP TRIGGER pairing_allow_from_changed ON pairing_allow_from;
DROP TRIGGER pairing_blocked_changed ON pairing_blocked;

CREATE TRIGGER pairing_allow_from_narrowed AFTER UPDATE ON pairing_allow_from
  FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND (
    NEW.revoked_at IS NOT NULL
    OR NEW.expires_at < coalesce(OLD.expires_at, 9223372036854775807)
    OR (NEW.channel, NEW.account_id, NEW.sender_id)
      IS DISTINCT FROM (OLD.channel, OLD.account_id, OLD.sender_id)))
  EXECUTE FUNCTION pairing_count_change();
CREATE TRIGGER pairing_allow_from_deleted AFTER DELETE ON pairing_allow_from
  FOR EACH ROW WHEN (OLD.revoked_at IS NULL)
  EXECUTE FUNCTION pairing_count_change();
CREATE TRIGGER pairing_allow_from_truncated AFTER TRUNCATE ON pairing_allow_from
  FOR EACH STATEMENT EXECUTE FUNCTION pairing_count_change();
CREATE TRIGGER pairing_blocked_narrowed AFTER INSERT OR UPDATE ON pairing_blocked
  FOR EACH ROW EXECUTE FUNCTION pairing_count_change();
