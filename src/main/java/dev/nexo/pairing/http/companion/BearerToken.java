package dev.nexo.pairing.http.companion;

import dev.nexo.pairing.BootstrapToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token in the header {@code Authorization} (RFC 6750, section 2.1). */
final class BearerToken {

  /** The scheme's name knows no case (RFC 9110, section 11.1); one blank, then the token. */
  private static final Pattern HEADER =
      Pattern.compile("Bearer ([A-Za-z0-9._~+/-]++=*+)", Pattern.CASE_INSENSITIVE);

  private BearerToken() {}

  /**
   * Reads a request's token; empty where there is none, more than one, or what stands there is no
   * token or longer than {@value BootstrapToken#MAX_LENGTH} characters.
   */
  static Optional<String> of(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.size() != 1) {
      return Optional.empty();
    }
    Matcher header = HEADER.matcher(headers.get(0));
    return header.matches()
        ? Optional.of(header.group(1)).filter(t -> t.length() <= BootstrapToken.MAX_LENGTH)
        : Optional.empty();
  }
}
