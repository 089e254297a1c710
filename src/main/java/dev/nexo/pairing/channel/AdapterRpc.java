package dev.nexo.pairing.channel;

import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a plugin over the broker: bodies ride in {@code {"id","topic","reply_to","payload"}}, there
 * and back ({@code protocol.md#brokered-adapters}).
 */
final class AdapterRpc {

  private static final int MAX_ANSWER = 64 * 1024;

  private final Broker broker;
  private final IdSource ids;
  private final String prefix;
  private final JsonProvider json = JsonProvider.provider();

  AdapterRpc(Broker broker, IdSource ids, String prefix) {
    this.broker = broker;
    this.ids = ids;
    this.prefix = prefix;
  }

  /** The start of a question's payload. */
  JsonObjectBuilder payload() {
    return json.createObjectBuilder();
  }

  /** Asks under an id of its own. */
  JsonObject ask(String verb, JsonObjectBuilder payload, Duration timeout) {
    return ask(ids.nextUuid(), verb, payload, timeout);
  }

  /**
   * Asks.
   *
   * @param id the envelope's id
   * @param verb what is asked for, like {@code send_reply}
   * @param payload with what
   * @param timeout how long the answer may take
   * @return the answer's payload
   * @throws DeliveryException where there is no answer, or it is none of ours
   */
  JsonObject ask(String id, String verb, JsonObjectBuilder payload, Duration timeout) {
    String topic = prefix + ".pairing." + verb;
    JsonObject body = payload.build();
    byte[] answer =
        broker.request(
            topic,
            replyTo ->
                json.createObjectBuilder()
                    .add("id", id)
                    .add("topic", topic)
                    .add("reply_to", replyTo)
                    .add("payload", body)
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8),
            timeout);
    return payloadOf(topic, answer);
  }

  private JsonObject payloadOf(String topic, byte[] answer) {
    if (answer.length > MAX_ANSWER) {
      throw new DeliveryException("The answer on " + topic + " is longer than 64 KiB", null);
    }
    if (StrictJson.find(answer, StrictJson.MAX_DEPTH)
            .map(envelope -> envelope.get("payload"))
            .orElse(null)
        instanceof JsonObject payload) {
      return payload;
    }
    throw new DeliveryException("The answer on " + topic + " is not the JSON expected", null);
  }
}
