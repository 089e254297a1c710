package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.CredentialResolver;
import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Version;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code nexo-pair}: the options of all commands. For one thread. */
@Command(
    name = "nexo-pair",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Decide who may write to the bots of a nexo-pairing server.",
      "The server and the credentials come from options, from NEXO_PAIR_SERVER,",
      "NEXO_PAIR_USER and NEXO_PAIR_PASSWORD, or from",
      "$NEXO_HOME/pairing/cli.properties."
    })
public final class PairCommand implements Runnable {

  private final CliContext around;
  private Api api;

  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "<url>",
      description = "Server address (default: NEXO_PAIR_SERVER, or this machine).")
  private String server;

  @Option(
      names = "--user",
      scope = ScopeType.INHERIT,
      paramLabel = "<name>",
      description = "User name (default: NEXO_PAIR_USER, or operator).")
  private String user;

  @Option(
      names = "--password-file",
      scope = ScopeType.INHERIT,
      paramLabel = "<path>",
      description = "File with the password (default: NEXO_PAIR_PASSWORD).")
  private Path passwordFile;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON.")
  private boolean json;

  public PairCommand(CliContext around) {
    this.around = around;
  }

  /** Runs if no command is named. */
  @Override
  public void run() {
    throw new CommandException("No command was given. Run: nexo-pair help");
  }

  CliContext around() {
    return around;
  }

  boolean json() {
    return json;
  }

  Api api() {
    if (api == null) {
      api = new Api(new CredentialResolver(around).login(server, user, passwordFile));
    }
    return api;
  }
}
