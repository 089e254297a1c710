package dev.nexo.pairing.e2e.discord;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.spi.BrokerMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bean of the application that injects the module's API and receives its events. */
@ApplicationScoped
public class GateServlet {

  private static final Actor CHAT = new Actor("doorman", Surface.CHAT);

  @Inject PairingGate gate;
  @Inject PairingStore store;
  @Inject PairingIntake intake;
  @Inject PairingAdapterRegistry registry;

  private final List<PairingEvent> notices = new CopyOnWriteArrayList<>();
  private final List<BrokerMessage> published = new CopyOnWriteArrayList<>();

  void hear(@Observes PairingEvent notice) {
    notices.add(notice);
  }

  void carry(@Observes BrokerMessage message) {
    published.add(message);
  }

  /** Returns the decision of the gate. */
  public Decision ask(String channel, String sender) {
    return gate.shouldAdmit(channel, null, sender, AdmissionPolicy.CHALLENGE);
  }

  /** Passes a message to the intake with delivery of the challenge. */
  public InboundOutcome receive(String channel, String sender) {
    return intake.receive(new InboundMessage(channel, null, sender, "hi", null, true, true));
  }

  /** Admits a sender. */
  public PendingOutcome approve(String code) {
    return store.approve(code, new AllowTerms(null, "from the chat"), false, CHAT);
  }

  /** Revokes a sender. */
  public int revoke(SenderKey sender) {
    return store.revoke(sender, CHAT);
  }

  /** The pending requests. */
  public List<PendingRequest> waiting(String channel) {
    return store
        .pending(new AccountFilter(channel, null), new PageRequest(PageRequest.DEFAULT_LIMIT, null))
        .items();
  }

  /** The channels that have an adapter. */
  public Set<String> channels() {
    return registry.channels();
  }

  /** The events received so far. */
  public List<PairingEvent> notices() {
    return notices;
  }

  /** The messages that the broker has published so far. */
  public List<BrokerMessage> published() {
    return published;
  }
}
