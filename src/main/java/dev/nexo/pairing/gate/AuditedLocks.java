package dev.nexo.pairing.gate;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.address.PeerNetwork;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.internal.LoginLocks;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.AuditTrail;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Lists the locked logins of this server, and ends locks with an audit entry. Thread-safe. */
@Component
class AuditedLocks implements LoginLocks {

  private final FailureLimiter limiter;
  private final Database database;
  private final Clock clock;

  @Inject
  AuditedLocks(FailureLimiter limiter, Database database, Clock clock) {
    this.limiter = limiter;
    this.database = database;
    this.clock = clock;
  }

  @Override
  public List<Lock> locks() {
    return limiter.locks().stream()
        .sorted(Comparator.comparing(Lock::address).thenComparing(Lock::kind))
        .limit(MAX_LISTED)
        .toList();
  }

  @Override
  public int unlock(String addressOrLogin, Actor by) {
    String target = PeerNetwork.typed(addressOrLogin);
    if (limiter.countLocks(target) > 0) {
      Instant now = clock.instant();
      // First, so that no lock ends without an entry.
      database.write(
          tx -> {
            AuditTrail.append(tx, now, by, AuditAction.UNLOCKED, null, target);
            return null;
          });
    }
    return limiter.unlock(target);
  }
}
