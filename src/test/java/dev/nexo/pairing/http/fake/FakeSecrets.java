package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.internal.SharedSecrets;
import dev.nexo.pairing.platform.Component;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Shared secrets in memory. */
@Component
public class FakeSecrets implements SharedSecrets {

  private final Map<String, Shared> secrets = new ConcurrentHashMap<>();

  @Override
  public Optional<Shared> find(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public Shared agree(String name, Shared offered) {
    return secrets.merge(
        name, offered, (there, mine) -> there.node().equals(mine.node()) ? mine : there);
  }
}
