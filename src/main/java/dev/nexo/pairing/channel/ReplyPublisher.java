package dev.nexo.pairing.channel;

import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.Reply;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Publishes replies to senders on the broker ({@code protocol.md#replies}). Thread-safe. */
@Component
public final class ReplyPublisher {

  private static final String SOURCE = "core.pairing";

  private final Broker broker;
  private final Clock clock;
  // Kept, because the static methods of Json use the service loader at every call.
  private final JsonProvider json = JsonProvider.provider();

  @Inject
  ReplyPublisher(Broker broker, Clock clock) {
    this.broker = broker;
    this.clock = clock;
  }

  /**
   * Publishes a reply on {@code plugin.outbound.<channel>.<account>}, or without the account if the
   * message that is answered named none, and returns when the broker has confirmed it.
   *
   * @param channel the channel
   * @param reply the text and its recipient; its id becomes the envelope's id
   * @param parseMode the markup language of the text; empty for plain text
   * @throws DeliveryException if the broker did not confirm the message
   */
  public void publish(String channel, Reply reply, Optional<String> parseMode) {
    JsonObjectBuilder further = json.createObjectBuilder();
    parseMode.ifPresent(mode -> further.add("parse_mode", mode));
    publish(channel, reply, further);
  }

  /**
   * Publishes a reply with further fields in its payload, which only the channel's plugin
   * understands.
   *
   * @param channel the channel
   * @param reply the text and its recipient; its id becomes the envelope's id
   * @param further the fields
   * @throws DeliveryException if the broker did not confirm the message
   */
  public void publish(String channel, Reply reply, JsonObjectBuilder further) {
    String subject = subject(channel, reply);
    JsonObject envelope = envelope(subject, reply, further);
    broker.publish(subject, envelope.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String subject(String channel, Reply reply) {
    String subject = "plugin.outbound." + channel;
    return reply.accountNamed() ? subject + '.' + reply.accountId() : subject;
  }

  private JsonObject envelope(String subject, Reply reply, JsonObjectBuilder further) {
    JsonObjectBuilder payload =
        json.createObjectBuilder()
            .add("kind", "text")
            .add("to", reply.to())
            .add("text", reply.text())
            .addAll(further);
    return json.createObjectBuilder()
        .add("id", reply.id())
        .add("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
        .add("topic", subject)
        .add("source", SOURCE)
        .addNull("session_id")
        .add("payload", payload)
        .build();
  }
}
