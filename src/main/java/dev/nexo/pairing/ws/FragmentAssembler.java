package dev.nexo.pairing.ws;

import jakarta.websocket.MessageHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Puts the fragments of a text message together (RFC 6455, section 5.4), up to {@value #MAX_BYTES}
 * bytes of UTF-8 in {@value #MAX_PARTS} fragments.
 *
 * <p>Fragment by fragment, because Open Liberty limits each fragment, but collects any number of
 * them for a handler of whole messages. In return it wants each fragment to be UTF-8 by itself, and
 * closes with 1007 where a character is cut in two; nothing in a companion's frames is longer than
 * one byte. Not thread-safe; a container calls it from one thread at a time.
 */
final class FragmentAssembler implements MessageHandler.Partial<String> {

  /** The longest message, in bytes. */
  static final int MAX_BYTES = 64 * 1024;

  /** The most fragments; empty ones cost something, too. */
  static final int MAX_PARTS = 1_024;

  private final AtomicReference<PairConnection> conversation;
  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private int parts;

  FragmentAssembler(AtomicReference<PairConnection> conversation) {
    this.conversation = conversation;
  }

  @Override
  public void onMessage(String part, boolean last) {
    PairEndpoint.ReadLoop.leaveAfter(conversation.get());
    if (!fits(part)) {
      text.setLength(0);
      conversation.get().tooBig();
      return;
    }
    text.append(part);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      bytes = 0;
      parts = 0;
      conversation.get().text(frame);
    }
  }

  /** Once too long, too long for good: the connection ends. */
  private boolean fits(String part) {
    if (bytes <= MAX_BYTES && parts <= MAX_PARTS) {
      bytes += part.getBytes(StandardCharsets.UTF_8).length;
      parts++;
    }
    return bytes <= MAX_BYTES && parts <= MAX_PARTS;
  }
}
