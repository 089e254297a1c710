package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The connection to NATS.
 *
 * @param url {@code pairing.broker.url}: {@code nats://host:4222}, {@code tls://…}, several URLs
 *     separated by commas; empty: the in-process broker
 * @param username {@code pairing.broker.username}
 * @param password {@code pairing.broker.password}
 * @param token {@code pairing.broker.token}
 * @param nkeySeedPath {@code pairing.broker.nkey_seed_path}: a file with an nkey seed ({@code SU…})
 * @param credentialsPath {@code pairing.broker.credentials_path}: a NATS credentials file
 * @param tls the certificates
 */
public record BrokerSettings(
    Optional<String> url,
    Optional<String> username,
    Optional<String> password,
    Optional<String> token,
    Optional<Path> nkeySeedPath,
    Optional<Path> credentialsPath,
    Tls tls) {

  /**
   * Certificates as PEM files.
   *
   * @param caPath {@code pairing.broker.tls.ca_path}: the trusted authorities; default: Java's
   *     trust store
   * @param certPath {@code pairing.broker.tls.cert_path}: this client's certificate
   * @param keyPath {@code pairing.broker.tls.key_path}: its private key, PKCS#8
   */
  public record Tls(Optional<Path> caPath, Optional<Path> certPath, Optional<Path> keyPath) {}

  /** Omits the secrets. */
  @Override
  public String toString() {
    return "BrokerSettings[url=" + url.map(u -> u.replaceAll("//[^/@]*@", "//")) + "]";
  }
}
