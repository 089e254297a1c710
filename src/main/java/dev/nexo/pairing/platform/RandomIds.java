package dev.nexo.pairing.platform;

import java.util.UUID;

/** Ids from the platform's own secure randomness. */
@Component
final class RandomIds implements IdSource {

  @Override
  public String nextUuid() {
    return UUID.randomUUID().toString();
  }
}
