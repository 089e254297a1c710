package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.internal.PushNotices;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One browser, whose notification of request 12 has the token {@code right}. */
@Component
public class FakePush implements PushNotices {

  private static Subscription subscription(String label) {
    Instant at = Instant.parse("2026-11-01T12:00:00Z");
    return new Subscription(
        "5e".repeat(32), label, "operator", "push.example.org", at, Optional.of(at), true);
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public String publicKey() {
    return "B" + "A".repeat(86);
  }

  @Override
  public List<Subscription> list() {
    return List.of(subscription("Phone"));
  }

  @Override
  public Subscription subscribe(Offer offer, Actor by) {
    if (!offer.endpoint().startsWith("https://")) {
      throw new InvalidValueException("endpoint", "must be an https URL");
    }
    return subscription(offer.label());
  }

  @Override
  public boolean end(String id, Actor by) {
    return true;
  }

  @Override
  public Acted act(String token, boolean approve) {
    return token.equals("right") ? new Acted.Done(12, approve) : new Acted.Unknown();
  }
}
