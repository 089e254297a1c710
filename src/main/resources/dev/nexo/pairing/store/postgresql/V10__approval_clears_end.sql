-- Nexo's approval and seeding do not know expires_at: without this, a sender whom Nexo approves
-- after the end would stay expired. The end is cleared by any statement that admits a sender (it
-- writes revoked_at, approved_at or approved_via) after the end, and leaves the end as it was.
CREATE FUNCTION pairing_clear_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.expires_at := NULL;
  RETURN NEW;
END $$;

CREATE TRIGGER pairing_allow_from_end
  BEFORE UPDATE OF approved_at, approved_via, revoked_at ON pairing_allow_from
  FOR EACH ROW
  WHEN (NEW.revoked_at IS NULL
    AND NEW.expires_at IS NOT DISTINCT FROM OLD.expires_at
    AND NEW.note IS NOT DISTINCT FROM OLD.note
    AND (NEW.expires_at <= NEW.approved_at
      OR NEW.expires_at <= extract(epoch FROM clock_timestamp())))
  EXECUTE FUNCTION pairing_clear_end();
