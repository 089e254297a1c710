package dev.nexo.pairing.database;

import dev.nexo.pairing.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** An opaque string that continues a list after a row; it contains the key of that row. */
public final class Cursor {

  private static final String SEPARATOR = "\u0000";
  private static final int MAX_LENGTH = 2_000;

  private Cursor() {}

  /** Returns the cursor that continues a list after the row with this key. */
  public static String after(String list, Object... key) {
    StringBuilder text = new StringBuilder(list);
    for (Object part : key) {
      text.append(SEPARATOR).append(part);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the key in a cursor.
   *
   * @throws InvalidValueException if this is not a cursor of this list
   */
  public static List<String> read(String list, int parts, String cursor) {
    try {
      if (cursor.length() <= MAX_LENGTH) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        List<String> read = List.of(text.split(SEPARATOR, -1));
        if (read.size() == parts + 1 && read.get(0).equals(list)) {
          return read.subList(1, read.size());
        }
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw invalid();
    }
    throw invalid();
  }

  /**
   * Returns a part of a key as a number.
   *
   * @throws InvalidValueException if it is not a number
   */
  public static long number(String part) {
    try {
      return Long.parseLong(part);
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  private static InvalidValueException invalid() {
    return new InvalidValueException(
        "cursor", "must be the value of \"next\" in an earlier page of this list");
  }
}
