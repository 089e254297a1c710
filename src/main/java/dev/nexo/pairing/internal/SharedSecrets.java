package dev.nexo.pairing.internal;

import dev.nexo.pairing.StorageUnavailableException;
import java.util.Optional;

/**
 * Secrets that all servers of one database share. The database stores only their digests.
 * Thread-safe. Every method may throw {@link StorageUnavailableException}.
 */
public interface SharedSecrets {

  /**
   * Returns the current secret.
   *
   * @param name the purpose of the secret, for example {@code operator}
   */
  Optional<Shared> find(String name);

  /**
   * Offers a secret. It becomes the current one if there is none yet or the current one is from the
   * same node; otherwise the current one stays.
   *
   * @param name the purpose of the secret
   * @param offered the digest and the location of the secret
   * @return the current secret afterwards
   */
  Shared agree(String name, Shared offered);

  /**
   * A secret that several servers share.
   *
   * @param sha256 the SHA-256, 64 hexadecimal digits; the secret has at least 128 random bits
   * @param node the server that generated it: an id that is stored in the server's home directory
   * @param origin the host and path of the file with the secret in clear text, for operators
   */
  record Shared(String sha256, String node, String origin) {

    /** Omits the digest. */
    @Override
    public String toString() {
      return "Shared[origin=" + origin + "]";
    }
  }
}
