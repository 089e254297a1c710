package dev.nexo.pairing.http.auth;

import java.util.Locale;

/** The role of an account, which decides what it may call ({@code http-api.md#authentication}). */
public enum CallerRole {
  /** May call everything except {@code /companion}. */
  OPERATOR,
  /** May call {@code /inbound} only. */
  CHANNEL;

  /** Returns the role's name in {@code web.xml} and in {@code server.xml}. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
