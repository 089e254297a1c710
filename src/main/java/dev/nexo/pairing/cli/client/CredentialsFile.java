package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/**
 * {@code $NEXO_HOME/pairing/cli.properties}: {@code server}, {@code user} and {@code password}, all
 * optional. It is used only if it belongs to the user and no other user may read it.
 *
 * @param server the server's address in the file, or null
 * @param user the user's name, or null
 * @param password the password, or null
 */
public record CredentialsFile(String server, String user, String password) {

  private static final CredentialsFile NONE = new CredentialsFile(null, null, null);
  private static final Set<String> KEYS = Set.of("server", "user", "password");

  /** Returns the path of the file in a data directory. */
  public static Path path(Path nexoHome) {
    return nexoHome.resolve("pairing").resolve("cli.properties");
  }

  /**
   * Reads the file. If it does not exist, every value is null.
   *
   * @throws CommandException if it is accessible to others, belongs to another user, or is
   *     malformed
   */
  static CredentialsFile read(Path nexoHome) {
    Path path = path(nexoHome);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return NONE;
    }
    try {
      check(path);
      Properties found = new Properties();
      found.load(new StringReader(SecretFile.read(path)));
      for (String key : found.stringPropertyNames()) {
        if (!KEYS.contains(key)) {
          throw new CommandException(
              path
                  + " contains the unknown key "
                  + TerminalText.of(key)
                  + "; valid keys are server, user and password");
        }
      }
      return new CredentialsFile(
          found.getProperty("server"), found.getProperty("user"), found.getProperty("password"));
    } catch (IOException e) {
      throw SecretFile.unreadable(path, e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          path + " is malformed: \\u must be followed by four hexadecimal digits", e);
    }
  }

  private static void check(Path path) throws IOException {
    if (!PrivateFile.isPosix(path)) {
      return;
    }
    String mode = PrivateFile.modeOpenToOthers(path).orElse(null);
    if (mode != null) {
      throw new CommandException(
          path + " is accessible to other users (" + mode + "). Run: chmod 600 '" + path + "'");
    }
    String owner = Files.getOwner(path).getName();
    if (!owner.equals(System.getProperty("user.name"))) {
      throw new CommandException(
          path + " belongs to " + owner + "; create your own file, or set NEXO_PAIR_PASSWORD");
    }
  }

  /** Omits the password. */
  @Override
  public String toString() {
    return "CredentialsFile[server=" + server + ", user=" + user + "]";
  }
}
