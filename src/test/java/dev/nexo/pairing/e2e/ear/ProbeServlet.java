package dev.nexo.pairing.e2e.ear;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.e2e.discord.DiscordAdapter;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;

/** Lets a test call the module through each of the two WARs. */
@WebServlet("/*")
public class ProbeServlet extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final Actor CHAT = new Actor("desk", Surface.CHAT);

  @Inject transient PairingGate gate;
  @Inject transient PairingStore store;
  @Inject transient PairingIntake intake;
  @Inject transient PairingAdapterRegistry registry;
  @Inject transient Database database;
  @Inject transient DiscordAdapter discord;
  @Inject transient StartLog starts;
  @Inject transient PairingEventCount notices;
  @Inject transient ScheduledExecutorService executor;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print(answer(request.getPathInfo(), request.getParameter("of")));
  }

  private String answer(String path, String of) {
    return switch (path) {
      case "/ask" -> text(gate.shouldAdmit("discord", null, of, AdmissionPolicy.CHALLENGE));
      case "/receive" -> text(receive(of).decision());
      case "/approve" -> store.approve(of, AllowTerms.NONE, false, CHAT).toString();
      case "/revoke" -> "" + store.revoke(new SenderKey("discord", "default", of), CHAT);
      case "/sent" -> "" + discord.sent().size();
      case "/channels" -> registry.channels().toString();
      case "/starts" -> "" + starts.count();
      case "/executor" -> executor.getClass().getName();
      case "/notices" -> "" + notices.heard();
      case "/shared" -> System.identityHashCode(database) + " " + System.identityHashCode(gate);
      default -> throw new IllegalArgumentException(path);
    };
  }

  private InboundOutcome receive(String sender) {
    return intake.receive(new InboundMessage("discord", null, sender, "hi", null, true, true));
  }

  private static String text(Decision decision) {
    return decision instanceof Decision.Challenge challenge
        ? challenge.request().code().value()
        : decision.getClass().getSimpleName();
  }
}
