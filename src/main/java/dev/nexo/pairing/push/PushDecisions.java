package dev.nexo.pairing.push;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.config.PushSettings;
import dev.nexo.pairing.internal.PushNotices;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Subscribes browsers, and carries out what their notifications decide. Thread-safe. */
@Component
class PushDecisions implements PushNotices {

  private final PushSettings settings;
  private final PushStore store;
  private final PushClient client;
  private final PushKey key;
  private final PairingStore requests;
  private final Clock clock;

  @Inject
  PushDecisions(
      PushSettings settings,
      PushStore store,
      PushClient client,
      PushKey key,
      PairingStore requests,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.client = client;
    this.key = key;
    this.requests = requests;
    this.clock = clock;
  }

  @Override
  public boolean isEnabled() {
    return settings.enabled();
  }

  @Override
  public String publicKey() {
    return key.publicKey();
  }

  @Override
  public List<Subscription> list() {
    return store.list().stream().map(PushSubscription::facts).toList();
  }

  @Override
  public Subscription subscribe(Offer offer, Actor by) {
    if (!settings.enabled()) {
      throw new InvalidValueException("endpoint", "cannot be used: set pairing.notify.web_push");
    }
    URI endpoint = client.endpoint(offer.endpoint());
    PushClient.requireKeys(offer.p256dh(), offer.auth());
    String id = Sha256.hex(offer.endpoint());
    store.put(id, endpoint, offer, by);
    return store
        .valid(id)
        .map(PushSubscription::facts)
        .orElseThrow(() -> new InvalidValueException("endpoint", "was removed at the same time"));
  }

  @Override
  public boolean end(String id, Actor by) {
    return store.delete(id, by);
  }

  @Override
  public Acted act(String token, boolean approve) {
    Optional<PushStore.Token> known = store.find(Sha256.hex(token));
    if (known.isEmpty()) {
      return new Acted.Unknown();
    }
    PushStore.Token found = known.get();
    Optional<PushSubscription> from = store.valid(found.subscription());
    boolean valid = settings.enabled() && clock.instant().isBefore(found.expiresAt());
    if (!valid || from.isEmpty()) {
      return new Acted.Ended();
    }
    // A request is decided once, whatever decides it, so the token has no use after it.
    Actor by = new Actor(from.get().facts().name(), Surface.CONSOLE);
    PendingOutcome outcome =
        approve
            ? requests.approve(found.requestId(), AllowTerms.NONE, null, by)
            : requests.deny(found.requestId(), false, null, by);
    return outcome instanceof PendingOutcome.Done
        ? new Acted.Done(found.number(), approve)
        : new Acted.Ended();
  }
}
