package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.internal.LogMessage;
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
 * The operator's password: the configured one, else the one that the first start of all servers on
 * this database put into its password file. Only its digest stays. Thread-safe.
 */
@Component
public final class OperatorPassword {

  private static final Logger LOG = System.getLogger(OperatorPassword.class.getName());
  private static final String NAME = "operator";

  private final SharedSecrets shared;
  private final Optional<Path> file;
  private final boolean configured;
  private volatile Shared current;

  /**
   * Finds the password, or makes one.
   *
   * @throws IllegalStateException where the password file is unfit; the message has the remedy
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
      // Nothing can be done over HTTP without the database anyway; the file's password will do.
      return Optional.empty();
    }
  }

  /** Stays with the home directory: host names change, and a container's with every start. */
  private static String node(Path path, IdSource ids) {
    try {
      if (!Files.exists(path)) {
        PrivateFile.make(path, ids.nextUuid());
      }
    } catch (FileAlreadyExistsException e) {
      // Another server on the same directory was quicker: both are this node.
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
            + " cannot be read or made ("
            + cause.getClass().getSimpleName()
            + "). Give the server's user the rights to it, or set pairing.operator.password.",
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
   * Whether this is the operator's password. A wrong one has the database asked whether another
   * server has made a new one meanwhile.
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
   * The SHA-256 of the password that counts now, 64 hexadecimal digits, as another server may have
   * changed it a moment ago; empty where accounts are the server's. Costs a read of the database
   * unless the password is configured.
   *
   * @throws StorageUnavailableException where the database does not answer
   */
  Optional<String> latestDigest() {
    if (current != null && !configured) {
      shared.find(NAME).ifPresent(latest -> current = latest);
    }
    return Optional.ofNullable(current).map(Shared::sha256);
  }

  /** What to tell the operator on where the password is; empty where accounts are the server's. */
  public Optional<String> whereabouts() {
    if (current == null) {
      return Optional.empty();
    }
    return Optional.of(
        file.map(path -> "The operator's password lies in " + path)
            .orElse(
                configured
                    ? "The operator's password is the configured one (pairing.operator.password)"
                    : "The operator's password is the one of the first server on this database, in "
                        + current.origin()));
  }

  /** The file on this machine in which the password lies; empty where there is none. */
  public Optional<Path> file() {
    return file;
  }
}
