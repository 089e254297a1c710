package dev.nexo.pairing.push;

import dev.nexo.pairing.internal.PushNotices.Subscription;
import java.net.URI;
import java.util.Optional;

/**
 * A browser that is notified, with what is needed to send it a message.
 *
 * @param facts what operators may see
 * @param endpoint the URL at the push service, secret
 * @param p256dh the browser's public key, base64url
 * @param auth the browser's authentication secret, base64url
 * @param contact the URL of the console
 */
record PushSubscription(
    Subscription facts, URI endpoint, String p256dh, String auth, Optional<String> contact) {

  String id() {
    return facts.id();
  }

  /** Omits the secrets. */
  @Override
  public String toString() {
    return "PushSubscription[" + facts.id() + "]";
  }
}
