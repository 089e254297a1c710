-- Nexo's seed does not change approved_at: without this, a sender whom Nexo seeds after the idle time
-- has ended would stay inactive. Any statement that admits a sender (it writes revoked_at or
-- approved_via) after this end, and leaves the idle time as it was, begins the idle time again.
CREATE FUNCTION pairing_restart_idle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.approved_at := extract(epoch FROM clock_timestamp());
  IF NEW.role = 'owner' THEN
    NEW.role := 'member';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER pairing_allow_from_idle
  BEFORE UPDATE OF approved_at, approved_via, revoked_at ON pairing_allow_from
  FOR EACH ROW
  WHEN (NEW.revoked_at IS NULL
    AND NEW.approved_at = OLD.approved_at
    AND NEW.idle_secs IS NOT DISTINCT FROM OLD.idle_secs
    AND NEW.note IS NOT DISTINCT FROM OLD.note
    AND greatest(NEW.approved_at, NEW.last_seen_at) + NEW.idle_secs
      <= extract(epoch FROM clock_timestamp()))
  EXECUTE FUNCTION pairing_restart_idle();
