package dev.nexo.pairing.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the header {@code Authorization}. The names of schemes are case-insensitive. */
public final class AuthorizationHeader {

  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";

  private AuthorizationHeader() {}

  /** A name and a password, as sent. */
  public record Basic(String name, String password) {

    /** Omits the password. */
    @Override
    public String toString() {
      return "Basic[name=" + name + "]";
    }
  }

  /** Returns whether the scheme is Basic, even if the credentials are malformed. */
  public static boolean isBasic(String header) {
    return hasScheme(BASIC, header);
  }

  /**
   * Returns the name before the first colon and the password after it (RFC 7617, UTF-8).
   *
   * @param header the value of the header, or null
   * @return empty if the scheme is not Basic or the credentials are malformed
   */
  public static Optional<Basic> basic(String header) {
    if (!isBasic(header)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
      String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = pair.indexOf(':');
      return colon < 0 || pair.chars().anyMatch(Character::isISOControl)
          ? Optional.empty()
          : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the bearer token (RFC 6750, section 2.1): everything after the scheme and one space. It
   * is not validated here, so that the response to a malformed token takes as long as to a wrong
   * one.
   *
   * @param headers the values of all headers of this name
   * @return empty if there is no header or it has another scheme; an empty token, which is never
   *     valid, if there are several headers, because a proxy may have read another one
   */
  public static Optional<String> bearer(List<String> headers) {
    if (headers.size() > 1) {
      return Optional.of("");
    }
    return headers.stream()
        .filter(header -> hasScheme(BEARER, header))
        .map(header -> header.substring(BEARER.length()))
        .findFirst();
  }

  private static boolean hasScheme(String scheme, String header) {
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length());
  }
}
