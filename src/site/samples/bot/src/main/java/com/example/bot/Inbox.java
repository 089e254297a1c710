package com.example.bot;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Answers messages. The plugin sends the answer to the sender, and nothing if it is empty. */
@Path("/messages")
@ApplicationScoped
public class Inbox {

  /** The channel and the account that the bot serves. */
  static final String CHANNEL = "telegram";

  static final String ACCOUNT = "my_bot";

  private PairingGate gate;

  /** For the proxy of the scope. Public, because some servers require it. */
  public Inbox() {}

  @Inject
  public Inbox(PairingGate gate) {
    this.gate = gate;
  }

  @POST
  public String receive(@FormParam("from") String from, @FormParam("text") String text) {
    Decision decision = gate.shouldAdmit(CHANNEL, ACCOUNT, from, AdmissionPolicy.CHALLENGE);
    if (decision instanceof Decision.Challenge challenge) {
      return "Ask the operator to approve the code " + challenge.request().code().value();
    }
    if (!(decision instanceof Decision.Admit admit)) {
      return "";
    }
    return admit.role() == Role.GUEST ? "Welcome, guest." : "You said: " + text;
  }
}
