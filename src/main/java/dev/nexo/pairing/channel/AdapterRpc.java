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
 * Sends requests to a plugin over the broker. Requests and answers have the envelope {@code
 * {"id","topic","reply_to","payload"}} ({@code protocol.md#brokered-adapters}). Thread-safe.
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

  /** Returns an empty builder for a request's payload. */
  JsonObjectBuilder payload() {
    return json.createObjectBuilder();
  }

  /** Sends a request with a random envelope id, and waits for the answer. */
  JsonObject ask(String verb, JsonObjectBuilder payload, Duration timeout) {
    return ask(ids.nextUuid(), verb, payload, timeout);
  }

  /**
   * Sends a request, and waits for the answer.
   *
   * @param id the envelope's id
   * @param verb the operation, for example {@code send_reply}
   * @param payload the request's payload
   * @param timeout how long to wait for the answer
   * @return the answer's payload
   * @throws DeliveryException if there is no answer in time, or it is not valid
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
