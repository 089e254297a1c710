package dev.nexo.pairing.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority that openssl creates for a test, with all certificates in PEM files. */
public final class Certificates {

  private static final char[] NO_PASSWORD = new char[0];

  private final Path directory;

  /** Creates the authority. */
  public Certificates(Path directory) {
    this.directory = directory;
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem");
  }

  /** Whether openssl is installed. */
  public static boolean available() {
    return Files.isExecutable(Path.of("/usr/bin/openssl"));
  }

  /** The authority's certificate. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  /** Creates a store for the property {@code javax.net.ssl.trustStore} with this authority. */
  public Path trustStore() {
    Path file = directory.resolve("trusted.jks");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trusted = KeyStore.getInstance("JKS");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", read(authority()));
      trusted.store(out, NO_PASSWORD);
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Creates a certificate for a subject alternative name, for example {@code IP:127.0.0.1}. */
  public Path certificate(String name, String alternativeName, String keyAlgorithm) {
    try {
      Files.writeString(
          directory.resolve(name + ".ext"), "subjectAltName=" + alternativeName + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    openssl(
        "req -newkey %s -nodes -subj /CN=%s -keyout %s.key -out %s.csr"
            .formatted(keyAlgorithm, name, name, name));
    openssl(
        "x509 -req -in %s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile %s.ext -out %s.pem"
            .formatted(name, name, name));
    return directory.resolve(name + ".pem");
  }

  /** The PKCS#8 key of a certificate. */
  public Path key(String name) {
    return directory.resolve(name + ".key");
  }

  /** A TLS context with an existing RSA certificate. It trusts this authority only. */
  public SSLContext context(String name) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          "own",
          privateKey(key(name)),
          NO_PASSWORD,
          new Certificate[] {read(directory.resolve(name + ".pem"))});
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", read(authority()));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, NO_PASSWORD);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificate read(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey privateKey(Path pem) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private void openssl(String arguments) {
    try {
      Process process =
          new ProcessBuilder(("openssl " + arguments).split(" "))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("openssl.log").toFile())
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(Files.readString(directory.resolve("openssl.log")));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
