package dev.nexo.pairing.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A value that a text may contain, written as its name in braces, for example {@code {code}}. */
public enum TextPlaceholder {
  /** The code of the request. */
  CODE(8),
  /** The channel, for example {@code telegram}. */
  CHANNEL(32),
  /** The account of the channel. */
  ACCOUNT(64),
  /** The id of the sender. */
  SENDER(256),
  /** The name that the sender claims, or else the id of the sender. */
  NAME(258),
  /** The number of the request. */
  NUMBER(19),
  /** For how many minutes the code is valid, was valid, or is denied. */
  MINUTES(10),
  /** The first words of the sender. */
  TEXT(202);

  private final int longest;

  TextPlaceholder(int longest) {
    this.longest = longest;
  }

  /** Returns the length of the longest value, in characters, with quotation marks around it. */
  int longest() {
    return longest;
  }

  /** Returns the placeholder with this name; empty if there is none. */
  static Optional<TextPlaceholder> find(String name) {
    return Arrays.stream(values()).filter(each -> each.wireName().equals(name)).findFirst();
  }

  /** Returns the name in a template, without the braces. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name as a template contains it, for example {@code {code}}. */
  @Override
  public String toString() {
    return '{' + wireName() + '}';
  }
}
