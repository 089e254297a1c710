package dev.nexo.pairing;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The parts of a message that are stored with the pending request if the sender is unknown.
 *
 * @param text the message text, or null. The first {@value #MAX_TEXT} characters are kept; U+0000
 *     and unpaired surrogates become U+FFFD, because some databases reject them
 * @param metaJson a JSON object that is returned with the request, at most {@value #MAX_META}
 *     characters; {@code {}} for none
 * @param deliver true: the challenge is put into the outbox, in the same transaction
 * @param accountNamed whether the message named its account. If not, the sender is answered without
 *     an account
 * @param silent true: the request is made, and nothing is sent to the sender, also if {@code
 *     deliver} is true
 * @param hold how the message is held for delivery after the approval; null if it is not
 * @param memberId if the message was written in a group, which is then its sender: the canonical id
 *     of the person who wrote it, or an empty string if the id is not valid. Otherwise null
 */
public record MessageContext(
    String text,
    String metaJson,
    boolean deliver,
    boolean accountNamed,
    boolean silent,
    Hold hold,
    String memberId) {

  /**
   * A message that is held if its sender is or becomes pending.
   *
   * @param limit how many messages of the sender are held, 1–5
   * @param route how the message is delivered after the approval
   * @param size its size in bytes; a larger one than {@value #MAX_BYTES} is not held
   * @param text its whole text, or null
   * @param metaJson the JSON object that came with it
   * @param payload returns what {@link Route#BUS} publishes; for the other routes an empty array
   */
  public record Hold(
      int limit, Route route, int size, String text, String metaJson, Supplier<byte[]> payload) {

    /** The maximum size of a held message, in bytes. */
    public static final int MAX_BYTES = 4096;

    /** How a held message is delivered. */
    public enum Route {
      /** Published on the bus under the forward prefix. */
      BUS,
      /** Fired as a {@link PairingEvent.HeldReleased}. */
      MODULE,
      /** Returned to the caller who approves. */
      CALLER
    }

    /** Returns a message that consists of a text and a JSON object. */
    public static Hold ofText(int limit, Route route, String text, String metaJson) {
      String fit = repair(text);
      int size = fit == null ? 0 : fit.getBytes(StandardCharsets.UTF_8).length;
      return new Hold(limit, route, size, fit, repair(metaJson), () -> new byte[0]);
    }

    /** Returns whether the message is too large to be held. */
    public boolean tooLarge() {
      return size > MAX_BYTES;
    }

    /** Omits what the message says. */
    @Override
    public String toString() {
      return "Hold[limit=%d, route=%s, size=%d]".formatted(limit, route, size);
    }
  }

  /** The maximum length of the stored text, in characters. */
  public static final int MAX_TEXT = 500;

  /** The maximum length of the meta object, in characters of JSON. */
  public static final int MAX_META = 8192;

  /** No text, no meta object, no delivery. */
  public static final MessageContext NOTHING = new MessageContext(null, "{}", false);

  /**
   * Creates the context of a message that named its account.
   *
   * @throws InvalidValueException if the meta object is too long
   */
  public MessageContext(String text, String metaJson, boolean deliver) {
    this(text, metaJson, deliver, true, false);
  }

  /**
   * Creates the context of a message that is not held and was not written in a group.
   *
   * @throws InvalidValueException if the meta object is too long
   */
  public MessageContext(
      String text, String metaJson, boolean deliver, boolean accountNamed, boolean silent) {
    this(text, metaJson, deliver, accountNamed, silent, null, null);
  }

  /**
   * Truncates the text, never inside a surrogate pair, and replaces the characters that some
   * databases reject.
   *
   * @throws InvalidValueException if the meta object is too long
   */
  public MessageContext {
    if (metaJson.length() > MAX_META) {
      throw new InvalidValueException(
          "meta", "must be at most " + MAX_META + " characters of JSON");
    }
    metaJson = repair(metaJson);
    text = kept(text);
  }

  /** Returns this context with {@code silent} true. */
  public MessageContext silently() {
    return silent
        ? this
        : new MessageContext(text, metaJson, deliver, accountNamed, true, hold, memberId);
  }

  /**
   * Returns what is kept of a message text: the first {@value #MAX_TEXT} characters, with U+FFFD in
   * place of U+0000 and unpaired surrogates; null if it is null.
   */
  public static String kept(String text) {
    if (text == null || text.length() <= MAX_TEXT) {
      return repair(text);
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return repair(text.substring(0, end));
  }

  private static String repair(String text) {
    if (text == null || isFit(text)) {
      return text;
    }
    int[] fit = text.codePoints().map(c -> isUnfit(c) ? 0xFFFD : c).toArray();
    return new String(fit, 0, fit.length);
  }

  private static boolean isFit(String text) {
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int codePoint = text.codePointAt(i);
      if (isUnfit(codePoint)) {
        return false;
      }
      next = i + Character.charCount(codePoint);
    }
    return true;
  }

  private static boolean isUnfit(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
