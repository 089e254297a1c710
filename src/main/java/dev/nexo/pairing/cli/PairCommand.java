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
    usageHelpAutoWidth = false,
    sortOptions = false)
final class PairCommand {

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
