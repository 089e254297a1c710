package dev.nexo.pairing.broker;

import dev.nexo.pairing.config.BrokerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Creates a TLS context from PEM files with certificates and a private key. */
final class NatsTlsFiles {

  private static final String KEYS = "pairing.broker.tls.";
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  // The store exists in memory only, so the password protects nothing.
  private static final char[] NO_PASSWORD = {};

  private NatsTlsFiles() {}

  /**
   * Creates a context that trusts the given authorities, presents the client certificate, and
   * checks the server's host name.
   *
   * @throws IllegalStateException naming the invalid configuration key and the file
   */
  static SSLContext context(BrokerSettings.Tls files) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(files), trustManagers(files), null);
      return NameCheckingContext.around(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(KEYS + "*: the certificates do not fit together", e);
    }
  }

  private static TrustManager[] trustManagers(BrokerSettings.Tls files)
      throws GeneralSecurityException {
    if (files.caPath().isEmpty()) {
      return null; // Java's default authorities
    }
    KeyStore trusted = emptyStore();
    int n = 0;
    for (Certificate ca : certificates("ca_path", files.caPath().get())) {
      trusted.setCertificateEntry("ca" + n++, ca);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keyManagers(BrokerSettings.Tls files)
      throws GeneralSecurityException {
    if (files.certPath().isEmpty()) {
      return null; // no client certificate
    }
    Certificate[] chain =
        certificates("cert_path", files.certPath().get()).toArray(Certificate[]::new);
    String algorithm = chain[0].getPublicKey().getAlgorithm();
    KeyStore own = emptyStore();
    PrivateKey key = privateKey(files.keyPath().orElseThrow(), algorithm);
    own.setKeyEntry("client", key, NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static Collection<? extends Certificate> certificates(String key, Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new CertificateException("no certificate");
      }
      return found;
    } catch (IOException e) {
      throw new IllegalStateException(KEYS + key + ": cannot read the file " + path, e);
    } catch (CertificateException e) {
      throw new IllegalStateException(KEYS + key + ": expected PEM certificates in " + path, e);
    }
  }

  private static PrivateKey privateKey(Path path, String algorithm) {
    try {
      Matcher key = PKCS8.matcher(Files.readString(path, StandardCharsets.US_ASCII));
      if (!key.find()) {
        throw new IllegalStateException(
            KEYS
                + "key_path: expected a PKCS#8 key (BEGIN PRIVATE KEY) in "
                + path
                + "; openssl pkcs8 -topk8 -nocrypt makes one of any other");
      }
      byte[] der = Base64.getMimeDecoder().decode(key.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IOException e) {
      throw new IllegalStateException(KEYS + "key_path: cannot read the file " + path, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          KEYS + "key_path: expected the key of the certificate in cert_path in " + path, e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }
}
