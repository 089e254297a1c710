-- What a sender is to the operator, when the sender was last seen, and access that ends after an idle
-- time. Nexo's rows get the defaults.
ALTER TABLE pairing_allow_from
  ADD COLUMN role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('owner', 'member', 'guest')),
  -- A JSON array of strings.
  ADD COLUMN labels TEXT NOT NULL DEFAULT '[]',
  ADD COLUMN idle_secs BIGINT CHECK (idle_secs BETWEEN 3600 AND 315360000),
  ADD COLUMN last_seen_at BIGINT;
-- Nobody has recorded it so far. Without this, everyone admitted long ago would be listed as unseen.
UPDATE pairing_allow_from SET last_seen_at = extract(epoch FROM clock_timestamp())
  WHERE revoked_at IS NULL;
CREATE INDEX pairing_allow_from_owners ON pairing_allow_from (channel, account_id, sender_id)
  WHERE role = 'owner';

-- A cached admission has the role and the labels, so a change of them counts like a narrowing. The
-- time of the last message does not.
DROP TRIGGER pairing_allow_from_narrowed ON pairing_allow_from;
CREATE TRIGGER pairing_allow_from_narrowed AFTER UPDATE ON pairing_allow_from
  FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND (
    NEW.revoked_at IS NOT NULL
    OR NEW.expires_at < coalesce(OLD.expires_at, 9223372036854775807)
    OR (NEW.channel, NEW.account_id, NEW.sender_id, NEW.role, NEW.labels, NEW.idle_secs)
      IS DISTINCT FROM
      (OLD.channel, OLD.account_id, OLD.sender_id, OLD.role, OLD.labels, OLD.idle_secs)))
  EXECUTE FUNCTION pairing_count_change();

-- An owner may approve others. Nexo does not know roles, so an owner who was revoked, or whose
-- admission has expired, is a member when Nexo admits the sender again.
CREATE FUNCTION pairing_demote_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.role := 'member';
  RETURN NEW;
END $$;
CREATE TRIGGER pairing_allow_from_owner_revoked
  BEFORE UPDATE OF revoked_at ON pairing_allow_from
  FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.role = 'owner')
  EXECUTE FUNCTION pairing_demote_owner();
CREATE OR REPLACE FUNCTION pairing_clear_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.expires_at := NULL;
  IF NEW.role = 'owner' THEN
    NEW.role := 'member';
  END IF;
  RETURN NEW;
END $$;
