package dev.nexo.pairing;

/**
 * What comes with a message and is kept with the request should the sender turn out to be unknown.
 *
 * @param text what they wrote, or null; the first {@value #MAX_TEXT} characters are kept, and
 *     U+0000 and half surrogate pairs as U+FFFD, since not every database takes them
 * @param metaJson a JSON object the caller wants back with the request, at most {@value #MAX_META}
 *     characters; {@code {}} for none
 * @param deliver true: the challenge is put into the outbox in the same transaction
 */
public record MessageContext(String text, String metaJson, boolean deliver) {

  /** How much of the text is kept, in characters. */
  public static final int MAX_TEXT = 500;

  /** The longest meta object, in characters of JSON. */
  public static final int MAX_META = 8192;

  /** Nothing to keep, nothing to deliver. */
  public static final MessageContext NOTHING = new MessageContext(null, "{}", false);

  /**
   * Cuts the text, never through the middle of a surrogate pair, and makes it fit to be kept.
   *
   * @throws InvalidValueException where the meta object is too long
   */
  public MessageContext {
    if (metaJson.length() > MAX_META) {
      throw new InvalidValueException(
          "meta", "must be at most " + MAX_META + " characters of JSON");
    }
    text = fit(cut(text));
  }

  /** The first {@value #MAX_TEXT} characters of a text, or null where it is null. */
  public static String cut(String text) {
    if (text == null || text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end);
  }

  private static String fit(String text) {
    if (text == null || text.codePoints().noneMatch(MessageContext::isUnfit)) {
      return text;
    }
    int[] fit = text.codePoints().map(c -> isUnfit(c) ? 0xFFFD : c).toArray();
    return new String(fit, 0, fit.length);
  }

  private static boolean isUnfit(int codePoint) {
    return codePoint == 0
        || (Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint));
  }
}
