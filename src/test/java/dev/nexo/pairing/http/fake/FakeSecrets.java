package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.SharedSecrets;
import dev.nexo.pairing.platform.Component;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Shared secrets in memory. */
@Component
public class FakeSecrets implements SharedSecrets {

  private final Map<String, Shared> secrets = new ConcurrentHashMap<>();
  private volatile boolean failing;

  /** Makes all calls fail as if the database did not respond, or makes them succeed again. */
  public void fail(boolean failing) {
    this.failing = failing;
  }

  private void check() {
    if (failing) {
      throw new StorageUnavailableException("The database failed", null);
    }
  }

  @Override
  public Optional<Shared> find(String name) {
    check();
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public Shared agree(String name, Shared offered) {
    check();
    return secrets.merge(
        name, offered, (there, mine) -> there.node().equals(mine.node()) ? mine : there);
  }
}
