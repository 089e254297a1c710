package dev.nexo.pairing.http.auth;

import com.github.benmanes.caffeine.cache.Ticker;
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
import java.time.Duration;
import java.util.Optional;

/**
 * Checks the operator's password. It is the configured password; if none is configured, the first
 * server that starts on a database generates one in its password file, and the other servers use
 * it, too. A new password applies on every server after at most 1 s. While the database does not
 * respond, the last known password remains valid. Only the digest is kept in memory and in the
 * database. Thread-safe.
 */
@Component
public final class OperatorPassword implements OperatorCredential {

  private static final Logger LOG = System.getLogger(OperatorPassword.class.getName());
  private static final String NAME = "operator";

  /** How long a password counts without another look into the database. */
  private static final long VALID_NANOS = Duration.ofSeconds(1).toNanos();

  private final SharedSecrets shared;
  private final Ticker ticker;
  private final Optional<Path> file;
  private final boolean configured;

  /** This server's own password, with its node; null if another server's was found first. */
  private final Shared own;

  /** Whether the servers have agreed on {@link #current}: not if the database did not respond. */
  private volatile boolean agreed;

  /** Null if the accounts are the server's. */
  private volatile Shared current;

  private volatile long readAt;

  /**
   * Reads the password, or generates one.
   *
   * @throws IllegalStateException if the password file is unusable; the message has the remedy
   */
  @Inject
  public OperatorPassword(
      SecuritySettings settings,
      SecureRandom random,
      IdSource ids,
      SharedSecrets shared,
      Ticker ticker) {
    this.shared = shared;
    this.ticker = ticker;
    Optional<String> password = settings.operatorPassword().filter(p -> !p.isBlank());
    this.configured = password.isPresent();
    if (settings.accounts() == SecuritySettings.Accounts.SERVER) {
      this.file = Optional.empty();
      this.own = null;
    } else if (configured) {
      this.file = Optional.empty();
      this.own = null;
      this.current = new Shared(Sha256.hex(password.get()), "", "");
    } else {
      Path path = settings.operatorPasswordFile().toAbsolutePath();
      String node = node(path.resolveSibling("node.id"), ids);
      PasswordFile passwords = new PasswordFile(path);
      Optional<Shared> others = passwords.exists() ? Optional.empty() : others(node);
      this.file = Optional.of(path);
      this.own =
          others.isPresent()
              ? null
              : new Shared(Sha256.hex(passwords.readOrMake(random)), node, origin(path));
      this.agreed = others.isPresent();
      this.current = others.orElse(own);
      refresh();
    }
  }

  /** Returns the password of another server; empty if there is none or it cannot be read. */
  private Optional<Shared> others(String node) {
    try {
      return shared.find(NAME).filter(found -> !found.node().equals(node));
    } catch (StorageUnavailableException e) {
      return Optional.empty();
    }
  }

  /** Reads the current password. If the servers have not agreed on one, offers this server's. */
  private void update() {
    if (agreed) {
      shared.find(NAME).ifPresent(latest -> current = latest);
    } else {
      Shared result = shared.agree(NAME, own);
      if (!result.sha256().equals(own.sha256())) {
        LogMessage.PASSWORD_FILE_UNUSED.log(LOG, own.origin(), result.origin());
      }
      current = result;
      agreed = true;
    }
  }

  private void refresh() {
    readAt = ticker.read();
    try {
      update();
    } catch (StorageUnavailableException e) {
      // Without the database no change succeeds; until it responds, the last password is valid.
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
   * Returns whether this is the operator's password. Reads it from the database if it is not the
   * known one or was last read over 1 s ago.
   */
  boolean matches(String presented) {
    if (configured) {
      return Sha256.matches(presented, current.sha256());
    }
    if (agreed
        && ticker.read() - readAt <= VALID_NANOS
        && Sha256.matches(presented, current.sha256())) {
      return true;
    }
    refresh();
    return Sha256.matches(presented, current.sha256());
  }

  /**
   * Returns the SHA-256 of the current password. Reads the database, because another server may
   * have changed the password, unless the password is configured.
   */
  @Override
  public Optional<String> latestDigest() {
    if (current != null && !configured) {
      update();
    }
    return Optional.ofNullable(current).map(Shared::sha256);
  }

  /** Returns a sentence on where the password is; empty if the accounts are the server's. */
  public Optional<String> whereabouts() {
    if (current == null) {
      return Optional.empty();
    }
    return Optional.of(
        file()
            .map(path -> "The operator's password is in " + path)
            .orElse(
                configured
                    ? "The operator's password is set in pairing.operator.password"
                    : "The operator's password is on the first server of this database, in "
                        + current.origin()));
  }

  /** Returns the file on this machine that contains the password; empty if there is none. */
  public Optional<Path> file() {
    return file.filter(path -> own != null && own.node().equals(current.node()));
  }
}
