package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.StorageUnavailableException;

/** Senders for which a dependency fails. */
public final class FailingDependencies {

  /** The database is away. */
  public static final String STORAGE = "storage-down";

  /** The adapter is away. */
  public static final String ADAPTER = "adapter-down";

  /** A bug, with a secret in its message. */
  public static final String BUG = "bug";

  private FailingDependencies() {}

  static void mayCome(String senderId) {
    if (STORAGE.equals(senderId)) {
      throw new StorageUnavailableException("jdbc:secret is away", null);
    }
    if (ADAPTER.equals(senderId)) {
      throw new AdapterUnavailableException("nats://secret is away", null);
    }
    if (BUG.equals(senderId)) {
      throw new IllegalStateException("a secret of the server's");
    }
  }
}
