package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import dev.nexo.pairing.cli.terminal.ForbiddenFileException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Resolves the server, the user and the password: options have precedence over the environment, the
 * environment over {@code $NEXO_HOME/pairing/cli.properties}, and the server's own password file
 * comes last. A password is never sent to another server: the password in {@code cli.properties} is
 * for the server named there, the one in the environment for {@code NEXO_PAIR_SERVER} if that is
 * set, and the server's own password for {@code http://127.0.0.1} at its own port, because another
 * port may be a tunnel to another machine. For one thread.
 */
public final class CredentialResolver {

  private static final String DEFAULT_USER = "operator";

  private final CliContext around;
  private final CredentialsFile file;

  public CredentialResolver(CliContext around) {
    this.around = around;
    file = CredentialsFile.read(around.nexoHome());
  }

  /**
   * Returns the login for these options, each null if it is missing.
   *
   * @throws CommandException if an option, a variable or a file is invalid
   */
  public Login login(String server, String user, Path passwordFile) {
    String ofFile = file.server() == null ? thisMachine() : file.server();
    String said = first(server, around.variable("NEXO_PAIR_SERVER"), ofFile);
    ServerUrl url = ServerUrl.of(said);
    boolean files = isAt(url, ofFile);
    String name = first(user, around.variable("NEXO_PAIR_USER"), files ? file.user() : null);
    name = name == null ? DEFAULT_USER : name;
    if (name.isEmpty() || name.indexOf(':') >= 0 || !name.equals(TerminalText.of(name))) {
      throw new CommandException(
          "The user name must not be empty or contain a colon or control characters");
    }
    return password(url, name, passwordFile, files);
  }

  private String thisMachine() {
    String port = around.variable("HTTP_PORT");
    return "http://127.0.0.1:" + (port == null ? "9080" : port);
  }

  private Login password(ServerUrl url, String name, Path passwordFile, boolean files) {
    if (passwordFile != null) {
      return new Login(url, name, SecretFile.password(passwordFile), passwordFile.toString());
    }
    String variable = around.variable("NEXO_PAIR_PASSWORD");
    String named = around.variable("NEXO_PAIR_SERVER");
    if (variable != null && (named == null || isAt(url, named))) {
      return new Login(url, name, variable, "NEXO_PAIR_PASSWORD");
    }
    if (files && file.password() != null) {
      Path source = CredentialsFile.path(around.nexoHome());
      return new Login(url, name, file.password(), source.toString());
    }
    Path secret = around.nexoHome().resolve("secret").resolve("operator.password");
    boolean here = url.toString().equals(thisMachine()) && name.equals(DEFAULT_USER);
    if (here && Files.isReadable(secret)) {
      return new Login(url, name, SecretFile.password(secret), secret.toString());
    }
    Optional<ForbiddenFileException> hidden =
        (here ? FileAccess.unreadable(secret) : Optional.<ForbiddenFileException>empty())
            .or(() -> FileAccess.unreadable(CredentialsFile.path(around.nexoHome())));
    return new Login(url, name, null, null, hidden.orElse(null));
  }

  private static boolean isAt(ServerUrl url, String text) {
    return url.toString().equals(ServerUrl.of(text).toString());
  }

  private static String first(String one, String two, String three) {
    return one != null ? one : two != null ? two : three;
  }
}
