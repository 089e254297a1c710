package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.auth.Role;
import dev.nexo.pairing.http.problem.ProblemException;
import dev.nexo.pairing.http.problem.ProblemType;
import dev.nexo.pairing.http.request.JsonFields;
import dev.nexo.pairing.http.request.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code POST /inbound}: may this message pass? The main job, and the hot path. */
@Path("/inbound")
@Component
public class InboundResource {

  /** How much a channel may say of a sender, in bytes of JSON. */
  static final int MAX_META = MessageContext.MAX_META;

  private final PairingIntake intake;

  /** Hands messages in there. */
  @Inject
  public InboundResource(PairingIntake intake) {
    this.intake = intake;
  }

  /** Decides on one message. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject receive(@Context HttpServletRequest request) throws IOException {
    JsonFields fields = JsonFields.body(request);
    ChannelAccount account = fields.account();
    String senderId = fields.text("sender_id");
    String text = fields.text("text");
    String meta = meta(fields);
    Boolean autoChallenge = fields.flag("auto_challenge");
    boolean deliver = fields.flag("deliver", true);
    fields.end();
    if (Boolean.FALSE.equals(autoChallenge) && Caller.of(request).role() == Role.CHANNEL) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "A channel account may turn auto_challenge on, never off. Leave it out to get what is"
              + " configured.");
    }
    return shape(
        intake.receive(
            new InboundMessage(
                account.channel(),
                account.accountId(),
                senderId,
                text,
                meta,
                autoChallenge,
                deliver)));
  }

  private static String meta(JsonFields fields) {
    JsonObject meta = fields.object("meta");
    String json = meta == null ? null : meta.toString();
    if (json != null && json.getBytes(StandardCharsets.UTF_8).length > MAX_META) {
      fields.violations().add("meta", "must be at most 8 KiB of JSON");
    }
    return json;
  }

  static JsonObject shape(InboundOutcome outcome) {
    JsonObjectBuilder json = StrictJson.object();
    if (outcome.decision() instanceof Decision.Challenge challenge) {
      json.add("decision", challenge.kind().wireName());
      OperatorJson.add(json, "sender_id", outcome.senderId());
      if (outcome.challengeText() != null) {
        json.add("code", challenge.request().code().value());
        json.add("text", outcome.challengeText());
      }
      OperatorJson.add(json, "expires_at", challenge.expiresAt());
      if (outcome.delivery() != null) {
        json.add("delivery", outcome.delivery().wireName());
      }
      return json.build();
    }
    json.add("decision", outcome.decision().kind().wireName());
    OperatorJson.add(json, "sender_id", outcome.senderId());
    if (outcome.decision() instanceof Decision.Drop drop) {
      json.add("reason", drop.reason().wireName());
    }
    return json.build();
  }
}
