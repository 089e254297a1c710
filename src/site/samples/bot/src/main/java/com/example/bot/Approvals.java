package com.example.bot;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.Surface;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Approves requests, for the pages or commands of this application. */
@ApplicationScoped
public class Approvals {

  private final List<String> greeted = new CopyOnWriteArrayList<>();
  private PairingStore store;

  /** For the proxy of the scope. Public, because some servers require it. */
  public Approvals() {}

  @Inject
  public Approvals(PairingStore store) {
    this.store = store;
  }

  /** Returns who waits, oldest first, with the number of the request. */
  public List<String> waiting() {
    return store.pending(AccountFilter.ALL, new PageRequest(100, null)).items().stream()
        .map(request -> "#" + request.number() + " " + request.sender())
        .toList();
  }

  /**
   * Approves a request.
   *
   * @param code the code that the sender received, or the number of the request such as {@code #12}
   * @param operator the authenticated operator, for the audit trail
   */
  public String approve(String code, String operator) {
    Actor by = new Actor(operator, Surface.API);
    PendingOutcome outcome = store.approve(code, AllowTerms.NONE, null, by);
    if (outcome instanceof PendingOutcome.Done done) {
      return "Approved " + done.sender();
    }
    return outcome instanceof PendingOutcome.Expired
        ? "The code has expired. The sender has to write again."
        : "There is no such code.";
  }

  /** Is called for every approval, also by the operator servlet and on the command line. */
  void greet(@Observes PairingEvent event) {
    if (event instanceof PairingEvent.Approved approved) {
      greeted.add(approved.sender().senderId());
    }
  }

  /** Returns the senders who were greeted. */
  public List<String> greeted() {
    return greeted;
  }
}
