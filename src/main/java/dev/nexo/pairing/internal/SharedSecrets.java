package dev.nexo.pairing.internal;

import dev.nexo.pairing.StorageUnavailableException;
import java.util.Optional;

/**
 * Secrets on which all servers of one database agree, kept there as digests alone. Thread-safe.
 * Every method may throw {@link StorageUnavailableException}.
 */
public interface SharedSecrets {

  /**
   * What counts now.
   *
   * @param name what the secret is for, like {@code operator}
   */
  Optional<Shared> find(String name);

  /**
   * Offers a secret. It counts where there is none yet, or where the one there is came from the
   * same node; otherwise the one that is there goes on counting.
   *
   * @param name what the secret is for
   * @param offered the secret's digest, and where it lies
   * @return what counts from now on
   */
  Shared agree(String name, Shared offered);

  /**
   * A secret that several servers know.
   *
   * @param sha256 its SHA-256, 64 hexadecimal digits; the secret is random, of 128 bits at least
   * @param node who made it: an id that stays with the server's home directory
   * @param origin where it lies in clear, host and path, for people to look
   */
  record Shared(String sha256, String node, String origin) {

    /** Leaves the digest out. */
    @Override
    public String toString() {
      return "Shared[origin=" + origin + "]";
    }
  }
}
