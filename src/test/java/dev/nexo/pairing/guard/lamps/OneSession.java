package dev.nexo.pairing.guard.lamps;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;

/** Gives a store that knows one session, opened by {@code right}, and fails at {@code broken}. */
@ApplicationScoped
public class OneSession {

  private static final PairingSession SESSION =
      new PairingSession(
          "5e55",
          "companion-v1",
          "Kitchen",
          Instant.EPOCH,
          Instant.EPOCH.plusSeconds(1),
          null,
          false);

  /** The store. */
  @Produces
  @ApplicationScoped
  public PairingSessionStore store() {
    Class<PairingSessionStore> type = PairingSessionStore.class;
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getName().equals("find")
                    ? find((SessionToken) arguments[0])
                    : method.getName()));
  }

  private static Optional<PairingSession> find(SessionToken token) {
    if (token.value().equals("broken")) {
      throw new StorageUnavailableException("gone", null);
    }
    return token.value().equals("right") ? Optional.of(SESSION) : Optional.empty();
  }
}
