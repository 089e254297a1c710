package dev.nexo.pairing.ws;

import jakarta.websocket.MessageHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Joins the fragments of a text message (RFC 6455, section 5.4), up to {@value #MAX_BYTES} bytes of
 * UTF-8 in {@value #MAX_PARTS} fragments. Not thread-safe; the container calls it from one thread
 * at a time.
 *
 * <p>It reads fragments, because Open Liberty limits the length of each fragment, but collects any
 * number of them for a handler of whole messages. The price: Open Liberty requires each fragment to
 * be valid UTF-8 and closes with 1007 if a character is split. Companions send ASCII only.
 */
final class FragmentAssembler implements MessageHandler.Partial<String> {

  /** The maximum length of a message, in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  /** The maximum number of fragments; empty fragments use resources, too. */
  static final int MAX_PARTS = 1_024;

  private final AtomicReference<PairConnection> connection;
  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private int parts;

  FragmentAssembler(AtomicReference<PairConnection> connection) {
    this.connection = connection;
  }

  @Override
  public void onMessage(String part, boolean last) {
    ReadLoop.endAfter(connection.get());
    if (!fits(part)) {
      text.setLength(0);
      connection.get().tooBig();
      return;
    }
    text.append(part);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      bytes = 0;
      parts = 0;
      connection.get().text(frame);
    }
  }

  /** Returns whether the message is within the limits. Once it is not, it never is again. */
  private boolean fits(String part) {
    if (bytes <= MAX_BYTES && parts <= MAX_PARTS) {
      bytes += part.getBytes(StandardCharsets.UTF_8).length;
      parts++;
    }
    return bytes <= MAX_BYTES && parts <= MAX_PARTS;
  }
}
