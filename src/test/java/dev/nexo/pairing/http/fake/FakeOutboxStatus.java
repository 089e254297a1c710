package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.internal.OutboxStatus;
import dev.nexo.pairing.platform.Component;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** An outbox in which nothing waits. */
@Component
public class FakeOutboxStatus implements OutboxStatus {

  @Override
  public Waiting waiting() {
    return new Waiting(0, Optional.empty());
  }

  @Override
  public Set<String> undelivered(Collection<String> requestIds) {
    return Set.of();
  }

  @Override
  public boolean brokerConnected() {
    return true;
  }
}
