package dev.nexo.pairing;

import java.util.Locale;
import java.util.Optional;

/** The interface through which a change was made. An approval stores it as {@code approved_via}. */
public enum Surface {
  /** The command line. */
  CLI,
  /** A list of senders that were admitted in one call. */
  SEED,
  /** The HTTP API, if the caller names no other surface. */
  API,
  /** The operator's console. */
  CONSOLE,
  /** A command in the chat. */
  CHAT,
  /** A companion with its own token. */
  COMPANION,
  /** This module itself: the gate, or the deletion of expired rows. */
  GATE;

  /** Returns the name in JSON and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Parses the surface that a caller names: {@code cli}, {@code seed}, {@code api}, {@code console}
   * or {@code chat}; empty for any other string.
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
