package dev.nexo.pairing.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * An adapter that forwards each call to a plugin over the broker ({@code
 * protocol.md#brokered-adapters}). Caches up to 10,000 normalized ids for 10 minutes. Thread-safe.
 */
final class BrokeredAdapter implements PairingChannelAdapter {

  private static final Duration SENDING = Duration.ofSeconds(30);
  private static final Duration NORMALISING = Duration.ofSeconds(2);
  private static final int CACHED = 10_000;
  private static final Duration CACHED_FOR = Duration.ofMinutes(10);

  /** Limits how many of the server's threads wait for a plugin that hangs. */
  private static final int ASKING_AT_ONCE = 32;

  private final String channel;
  private final AdapterRpc questions;
  private final Semaphore asking = new Semaphore(ASKING_AT_ONCE);
  private final Cache<String, Optional<String>> known =
      Caffeine.newBuilder()
          .maximumSize(CACHED)
          .expireAfterWrite(CACHED_FOR)
          .executor(Runnable::run)
          .build();

  BrokeredAdapter(String channel, AdapterRpc questions) {
    this.channel = channel;
    this.questions = questions;
  }

  @Override
  public String channelId() {
    return channel;
  }

  @Override
  public Optional<String> normalizeSender(String raw) {
    // Not get(key, function): with it, other callers would block while a plugin does not answer.
    Optional<String> before = known.getIfPresent(raw);
    if (before != null) {
      return before;
    }
    if (!asking.tryAcquire()) {
      throw new AdapterUnavailableException("Too many wait for the adapter of " + channel, null);
    }
    try {
      Optional<String> answer = ask(raw);
      known.put(raw, answer);
      return answer;
    } finally {
      asking.release();
    }
  }

  private Optional<String> ask(String raw) {
    JsonObject answer;
    try {
      answer = questions.ask("normalize_sender", questions.payload().add("raw", raw), NORMALISING);
    } catch (DeliveryException e) {
      throw new AdapterUnavailableException("The adapter of " + channel + " did not answer", e);
    }
    JsonValue normalized = answer.get("normalized");
    if (normalized instanceof JsonString text) {
      return Optional.of(text.getString());
    }
    if (JsonValue.NULL.equals(normalized)) {
      return Optional.empty();
    }
    throw new AdapterUnavailableException(
        "The adapter of " + channel + " answers without \"normalized\"", null);
  }

  @Override
  public void sendReply(Reply reply) {
    check(
        questions.ask(
            reply.id(),
            "send_reply",
            questions
                .payload()
                .add("account", reply.accountId())
                .add("to", reply.to())
                .add("text", reply.text()),
            SENDING));
  }

  @Override
  public void sendQrImage(String accountId, String to, byte[] png) {
    check(
        questions.ask(
            "send_qr_image",
            questions
                .payload()
                .add("account", accountId)
                .add("to", to)
                .add("png_base64", Base64.getEncoder().encodeToString(png)),
            SENDING));
  }

  private void check(JsonObject answer) {
    if (!JsonValue.TRUE.equals(answer.get("ok"))) {
      // The answer's "error" is left out: it may repeat the text, which contains the code.
      throw new DeliveryException("The adapter of " + channel + " answers that it failed", null);
    }
  }
}
