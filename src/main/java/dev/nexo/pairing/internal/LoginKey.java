package dev.nexo.pairing.internal;

import java.util.Locale;

/**
 * What failed attempts are counted by: the address, the kind of secret, and the login whose secret
 * is presented. Immutable and thread-safe.
 *
 * @param address the peer's IP address; all addresses of an IPv6 /64 are treated as one. A name and
 *     a slash in front, as in {@code page/192.0.2.1}, make it a separate peer
 * @param kind the kind of secret
 * @param login the name of the account; for tokens, which have no name, the token itself
 * @param known whether there is an account of this name. Any other name may be a secret that
 *     somebody typed into the wrong field, so it is neither kept nor shown
 */
public record LoginKey(String address, Kind kind, String login, boolean known) {

  /** A kind of secret. */
  public enum Kind {
    /** The password of the operator or of a channel account. */
    PASSWORD("names without an account"),
    /** A password or token of the server's own registry, LDAP or OpenID Connect. */
    SERVER_ACCOUNT("accounts of the server"),
    /** A companion's bootstrap token or session token. */
    TOKEN("invalid companion tokens"),
    /** A connection to {@code /pair} over which no token came. */
    CONNECTION("connections to /pair without a token"),
    /** The token of a notification. */
    NOTICE("invalid tokens of notifications");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /**
     * Returns whether a secret of this kind is a token of this server: random, and so long that
     * nobody guesses it.
     */
    public boolean isToken() {
      return this == TOKEN || this == NOTICE;
    }

    /** Returns the name in metrics. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the key of a companion's token. */
  public static LoginKey token(String address, String token) {
    return new LoginKey(address, Kind.TOKEN, token, false);
  }

  /** Returns the key of a notification's token. */
  public static LoginKey notice(String address, String token) {
    return new LoginKey(address, Kind.NOTICE, token, false);
  }

  /** Returns the key of a connection whose token is not known yet. */
  public static LoginKey connection(String address) {
    return new LoginKey(address, Kind.CONNECTION, "/pair", true);
  }

  /** Returns who fails, for the operator, such as {@code the login 'telegram'}; never a secret. */
  public String who() {
    return known && kind == Kind.PASSWORD ? "the login '" + login + "'" : kind.text;
  }

  /** Returns the same key without the login if the login may be a secret. */
  public LoginKey redacted() {
    return known ? this : new LoginKey(address, kind, "", false);
  }

  /** Omits the login if it may be a secret. */
  @Override
  public String toString() {
    return who() + " from " + address;
  }
}
