package dev.nexo.pairing;

import java.util.Locale;
import java.util.Optional;

/** Through what a change was made; an approval keeps it as {@code approved_via}. */
public enum Surface {
  /** The command line. */
  CLI,
  /** A list of senders put in at once. */
  SEED,
  /** The HTTP interface, where the caller says nothing else. */
  API,
  /** The operator's page. */
  CONSOLE,
  /** A command in the chat itself. */
  CHAT,
  /** A companion, by its own token. */
  COMPANION,
  /** The module itself: the gate, or the clearing of what has expired. */
  GATE;

  /** The surface as it stands in JSON and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what a caller says of itself: {@code cli}, {@code seed}, {@code api}, {@code console} or
   * {@code chat}.
   */
  public static Optional<Surface> parse(String word) {
    for (Surface surface : values()) {
      if (surface != GATE && surface != COMPANION && surface.wireName().equals(word)) {
        return Optional.of(surface);
      }
    }
    return Optional.empty();
  }
}
