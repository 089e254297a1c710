package dev.nexo.pairing.http.auth;

import java.util.Locale;

/** What a caller may do ({@code http-api.md#authentication}). */
public enum Role {
  /** Everything but {@code /companion}. */
  OPERATOR,
  /** {@code /inbound}, nothing else. */
  CHANNEL;

  /** The role's name in {@code web.xml} and in the server's registry. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
