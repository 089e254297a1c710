package dev.nexo.pairing.platform;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Creates the TLS contexts of connections that this server opens to others. Stateless. */
public final class OutboundTls {

  private OutboundTls() {}

  /**
   * Creates a context that trusts Java's own certificate authorities ({@code cacerts}, or the
   * property {@code javax.net.ssl.trustStore}). The default context of the container trusts only
   * the certificate of this server.
   */
  public static SSLContext context() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has TLS", e);
    }
  }
}
