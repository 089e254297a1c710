package dev.nexo.pairing.http.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A name and a password, most often from the header {@code Authorization} (RFC 7617, UTF-8).
 *
 * @param name there, what stands in front of the first colon
 * @param password there, all behind it
 */
public record BasicCredentials(String name, String password) {

  private static final String SCHEME = "Basic ";

  /** Whether a header is meant as Basic at all; the scheme's name knows no case. */
  public static boolean isBasic(String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** Reads a header; empty where it is not Basic, or not well-formed. */
  public static Optional<BasicCredentials> parse(String header) {
    if (!isBasic(header)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
      String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = pair.indexOf(':');
      if (colon < 0 || pair.chars().anyMatch(Character::isISOControl)) {
        return Optional.empty();
      }
      return Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "BasicCredentials[name=" + name + "]";
  }
}
