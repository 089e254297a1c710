package dev.nexo.pairing.config;

import java.net.URI;
import java.util.List;

/**
 * Which browsers are notified of new requests.
 *
 * @param enabled {@code pairing.notify.web_push}: whether browsers may subscribe and are notified
 * @param origins {@code pairing.notify.web_push_origins}: push services that need neither TLS nor a
 *     public address, such as {@code http://localhost:8080}
 */
public record PushSettings(boolean enabled, List<URI> origins) {

  /** Copies the list. */
  public PushSettings {
    origins = List.copyOf(origins);
  }
}
