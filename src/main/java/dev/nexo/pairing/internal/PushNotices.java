package dev.nexo.pairing.internal;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The browsers that are notified of new requests by Web Push (RFC 8030), and what their
 * notifications decide. Thread-safe. Every method may throw {@link
 * dev.nexo.pairing.StorageUnavailableException}.
 */
public interface PushNotices {

  /** The maximum number of browsers. */
  int MAX = 20;

  /**
   * A browser that is notified.
   *
   * @param id the SHA-256 of its endpoint, 64 hexadecimal digits, by which a browser finds itself
   * @param label what the browser is called
   * @param name the operator who subscribed it, in whose name its notifications decide
   * @param service the host of the push service
   * @param createdAt when it subscribed
   * @param deliveredAt when the push service last accepted a message
   * @param valid whether it is notified; false after the operator's password or the signing key
   *     changed
   */
  record Subscription(
      String id,
      String label,
      String name,
      String service,
      Instant createdAt,
      Optional<Instant> deliveredAt,
      boolean valid) {}

  /**
   * What a browser's {@code PushSubscription} says.
   *
   * @param endpoint the URL at the push service, secret
   * @param p256dh the browser's public key, base64url
   * @param auth the browser's authentication secret, base64url
   * @param label what the browser is called, 1–64 characters
   * @param contact the URL of this console, which the push service may show its operators
   */
  record Offer(
      String endpoint, String p256dh, String auth, String label, Optional<String> contact) {

    /** Omits the secrets. */
    @Override
    public String toString() {
      return "Offer[label=" + label + "]";
    }
  }

  /** What a notification's token did. */
  sealed interface Acted {
    /** The request was decided. */
    record Done(long number, boolean approved) implements Acted {}

    /** The token was valid once: the request or the subscription has ended. */
    record Ended() implements Acted {}

    /** The token is not known. */
    record Unknown() implements Acted {}
  }

  /** Returns whether browsers may subscribe. */
  boolean isEnabled();

  /** Returns the key by which browsers recognize this server, 65 bytes in base64url. */
  String publicKey();

  /** Returns all browsers, oldest first. */
  List<Subscription> list();

  /**
   * Subscribes a browser, or replaces its keys if it is subscribed already.
   *
   * @throws InvalidValueException if a value is invalid, or there are {@value #MAX} browsers
   */
  Subscription subscribe(Offer offer, Actor by);

  /** Ends a subscription; returns whether there was one. */
  boolean end(String id, Actor by);

  /**
   * Decides the one request of a notification, in the name of the operator who subscribed the
   * browser.
   *
   * @param token the token in the notification
   * @param approve whether to approve or to deny
   */
  Acted act(String token, boolean approve);
}
