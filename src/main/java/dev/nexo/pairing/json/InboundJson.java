package dev.nexo.pairing.json;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * Reads and writes the bodies of {@code POST /inbound}, which the bus service {@code
 * pairing.inbound} shares. Thread-safe.
 */
public final class InboundJson {

  private InboundJson() {}

  /**
   * Reads a request. A field that is null is treated as missing.
   *
   * @param mayDisable whether the caller may send {@code auto_challenge:false}
   * @throws ProblemException 400 naming every invalid field; 403 if the caller may not do that
   */
  public static InboundMessage read(JsonFields fields, boolean mayDisable) {
    ChannelAccount account = fields.account();
    boolean named = fields.gives("account_id");
    String senderId = fields.text("sender_id");
    String text = fields.messageText("text");
    JsonObject meta = fields.object("meta");
    Boolean autoChallenge = fields.flag("auto_challenge");
    boolean deliver = fields.flag("deliver", true);
    fields.end();
    if (Boolean.FALSE.equals(autoChallenge) && !mayDisable) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "A channel account must not set auto_challenge to false. Leave it out to use the"
              + " configured value.");
    }
    return new InboundMessage(
        account.channel(),
        named ? account.accountId() : null,
        senderId,
        text,
        meta == null ? null : meta.toString(),
        autoChallenge,
        deliver,
        true);
  }

  /** The response; members without a value are left out. */
  public static JsonObject write(InboundOutcome outcome) {
    Decision decision = outcome.decision();
    JsonObjectBuilder json = StrictJson.object().add("decision", decision.kind().wireName());
    if (outcome.senderId() != null) {
      json.add("sender_id", outcome.senderId());
    }
    if (decision instanceof Decision.Admit admit) {
      json.add("role", admit.role().wireName());
      JsonArrayBuilder labels = StrictJson.array();
      admit.labels().forEach(labels::add);
      json.add("labels", labels);
    }
    if (outcome.command() != null) {
      json.add("command", command(outcome.command()));
    }
    if (decision instanceof Decision.Drop drop) {
      json.add("reason", drop.reason().wireName());
    }
    if (decision instanceof Decision.Challenge challenge) {
      if (outcome.challengeText() != null) {
        json.add("code", challenge.request().code().value());
        json.add("text", outcome.challengeText());
      }
      json.add("expires_at", challenge.expiresAt().toString());
      if (outcome.delivery() != null) {
        json.add("delivery", outcome.delivery().wireName());
      }
    }
    return json.build();
  }

  private static JsonObjectBuilder command(InboundOutcome.Command command) {
    return StrictJson.object()
        .add("action", command.action().wireName())
        .add("number", command.number());
  }
}
