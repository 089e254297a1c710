package dev.nexo.pairing.config;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;

/**
 * The webhook that is called for new requests.
 *
 * @param url {@code pairing.notify.webhook.url}: {@code https}, or {@code http} to this machine or
 *     a local network; empty: there is no webhook
 * @param secret {@code pairing.notify.webhook.secret}: signs each call, as {@code whsec_} and
 *     base64; present if the URL is
 */
public record WebhookSettings(Optional<URI> url, Optional<String> secret) {

  private static final String PREFIX = "whsec_";

  /** The lengths of a key that the specification of Standard Webhooks allows, in bytes. */
  private static final int MIN_KEY = 24;

  private static final int MAX_KEY = 64;

  /** Returns the key of a secret; empty if it is not {@code whsec_} and base64 of 24–64 bytes. */
  static Optional<byte[]> key(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      return key.length >= MIN_KEY && key.length <= MAX_KEY ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the key that signs.
   *
   * @throws java.util.NoSuchElementException if there is no webhook
   */
  public byte[] key() {
    return secret.flatMap(WebhookSettings::key).orElseThrow();
  }

  /** Omits the secret, and the URL, which may contain one. */
  @Override
  public String toString() {
    return "WebhookSettings[" + (url.isPresent() ? "on" : "off") + "]";
  }
}
