package dev.nexo.pairing.http.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose URL says nothing of the header {@code X-Forwarded-Proto}. Open Liberty takes that
 * header's value for the scheme, whatever it is and from any sender, and JAX-RS fails on a URL with
 * a scheme such as {@code https,http}. Nothing here needs to know the scheme of a request: {@code
 * TrustedProxies} reads the header itself where it matters.
 */
final class LocalRequest extends HttpServletRequestWrapper {

  private static final String SCHEME = "http";

  LocalRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(SCHEME).append("://localhost").append(getRequestURI());
  }
}
