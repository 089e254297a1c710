package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.OperatorCredential;
import dev.nexo.pairing.internal.SharedSecrets;
import dev.nexo.pairing.internal.SharedSecrets.Shared;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.PrivateFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Checks the operator's password. It is the configured password; if none is configured, the first
 * server that starts on a database generates one in its password file, and the other servers use
 * it, too. Only the digest is kept in memory and in the database. Thread-safe.
 */
@Component
public final class OperatorPassword implements OperatorCredential {

  private static final Logger LOG = System.getLogger(OperatorPassword.class.getName());
  private static final String NAME = "operator";

  private final SharedSecrets shared;
  private final Optional<Path> file;
  private final boolean configured;
  private volatile Shared current;

  /**
   * Reads the password, or generates one.
   *
   * @throws IllegalStateException if the password file is unusable; the message has the remedy
   */
  @Inject
  public OperatorPassword(
      SecuritySettings settings, SecureRandom random, IdSource ids, SharedSecrets shared) {
    this.shared = shared;
    Optional<String> password = settings.operatorPassword().filter(p -> !p.isBlank());
    this.configured = password.isPresent();
    if (settings.accounts() == SecuritySettings.Accounts.SERVER) {
      this.file = Optional.empty();
    } else if (configured) {
      this.file = Optional.empty();
      this.current = new Shared(Sha256.hex(password.get()), "", "");
    } else {
      Path path = settings.operatorPasswordFile().toAbsolutePath();
      String node = node(path.resolveSibling("node.id"), ids);
      this.current = agree(new PasswordFile(path), node, origin(path), random);
      this.file = current.node().equals(node) ? Optional.of(path) : Optional.empty();
    }
  }

  private Shared agree(PasswordFile own, String node, String origin, SecureRandom random) {
    Optional<Shared> known = known();
    if (!own.exists() && known.isPresent() && !known.get().node().equals(node)) {
      return known.get();
    }
    Shared offered = new Shared(Sha256.hex(own.readOrMake(random)), node, origin);
    try {
      Shared agreed = shared.agree(NAME, offered);
      if (!agreed.sha256().equals(offered.sha256())) {
        LogMessage.PASSWORD_FILE_UNUSED.log(LOG, origin, agreed.origin());
      }
      return agreed;
    } catch (StorageUnavailableException e) {
      return offered;
    }
  }

  private Optional<Shared> known() {
    try {
      return shared.find(NAME);
    } catch (StorageUnavailableException e) {
      // Without the database no call succeeds; until it responds, the file's password is used.
      return Optional.empty();
    }
  }

  /** Returns the server's id, which is in its home directory because host names may change. */
  private static String node(Path path, IdSource ids) {
    try {
      if (!Files.exists(path)) {
        PrivateFile.make(path, ids.nextUuid());
      }
    } catch (FileAlreadyExistsException e) {
      // Another server with the same directory created it first: both are one node.
    } catch (IOException e) {
      throw unfit(path, e);
    }
    try {
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw unfit(path, e);
    }
  }

  private static IllegalStateException unfit(Path path, IOException cause) {
    return new IllegalStateException(
        "The file "
            + path
            + " cannot be read or created ("
            + cause.getClass().getSimpleName()
            + "). Grant the server's user access to it, or set pairing.operator.password.",
        cause);
  }

  private static String origin(Path path) {
    try {
      return InetAddress.getLocalHost().getHostName() + ":" + path;
    } catch (UnknownHostException e) {
      return "localhost:" + path;
    }
  }

  /**
   * Returns whether this is the operator's password. If it is not the known one, reads from the
   * database whether another server has generated a new one.
   */
  boolean matches(String presented) {
    if (Sha256.matches(presented, current.sha256())) {
      return true;
    }
    if (!configured) {
      known().ifPresent(latest -> current = latest);
    }
    return Sha256.matches(presented, current.sha256());
  }

  /**
   * Returns the SHA-256 of the current password. Reads the database, because another server may
   * have changed the password, unless the password is configured.
   */
  @Override
  public Optional<String> latestDigest() {
    if (current != null && !configured) {
      shared.find(NAME).ifPresent(latest -> current = latest);
    }
    return Optional.ofNullable(current).map(Shared::sha256);
  }

  /** Returns a sentence on where the password is; empty if the accounts are the server's. */
  public Optional<String> whereabouts() {
    if (current == null) {
      return Optional.empty();
    }
    return Optional.of(
        file.map(path -> "The operator's password is in " + path)
            .orElse(
                configured
                    ? "The operator's password is set in pairing.operator.password"
                    : "The operator's password is on the first server of this database, in "
                        + current.origin()));
  }

  /** Returns the file on this machine that contains the password; empty if there is none. */
  public Optional<Path> file() {
    return file;
  }
}
