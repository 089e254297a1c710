package dev.nexo.pairing.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code nexo-pair}: what all commands share. For one thread. */
@Command(
    name = "nexo-pair",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Decides who may write to the bots of a nexo-pairing server.",
      "Server and password come from options, from NEXO_PAIR_SERVER,",
      "NEXO_PAIR_USER and NEXO_PAIR_PASSWORD, or from",
      "$NEXO_HOME/pairing/cli.properties."
    })
final class PairCommand implements Runnable {

  private final Surroundings around;
  private Api api;

  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "<url>",
      description = "Where the server is; NEXO_PAIR_SERVER, else this machine.")
  private String server;

  @Option(
      names = "--user",
      scope = ScopeType.INHERIT,
      paramLabel = "<name>",
      description = "As whom; NEXO_PAIR_USER, else operator.")
  private String user;

  @Option(
      names = "--password-file",
      scope = ScopeType.INHERIT,
      paramLabel = "<path>",
      description = "The file with the password; else NEXO_PAIR_PASSWORD.")
  private Path passwordFile;

  PairCommand(Surroundings around) {
    this.around = around;
  }

  /** Reached where no command was named. */
  @Override
  public void run() {
    throw new CommandFault("Name a command; nexo-pair help lists them");
  }

  Surroundings around() {
    return around;
  }

  Api api() {
    if (api == null) {
      api = new Api(new Logins(around).login(server, user, passwordFile));
    }
    return api;
  }
}
