package dev.nexo.pairing.cli;

import dev.nexo.pairing.cli.backup.BackupCommand;
import dev.nexo.pairing.cli.backup.RestoreCommand;
import dev.nexo.pairing.cli.command.ApproveCommand;
import dev.nexo.pairing.cli.command.AuditCommand;
import dev.nexo.pairing.cli.command.BlockCommand;
import dev.nexo.pairing.cli.command.BlockedCommand;
import dev.nexo.pairing.cli.command.CompletionCommand;
import dev.nexo.pairing.cli.command.DeniedCommand;
import dev.nexo.pairing.cli.command.DenyCommand;
import dev.nexo.pairing.cli.command.DoctorCommand;
import dev.nexo.pairing.cli.command.DroppedCommand;
import dev.nexo.pairing.cli.command.DryRunCommand;
import dev.nexo.pairing.cli.command.ErrorHandlers;
import dev.nexo.pairing.cli.command.ExplainCommand;
import dev.nexo.pairing.cli.command.HelpCommand;
import dev.nexo.pairing.cli.command.ListCommand;
import dev.nexo.pairing.cli.command.MessagesCommand;
import dev.nexo.pairing.cli.command.NoticesCommand;
import dev.nexo.pairing.cli.command.PairCommand;
import dev.nexo.pairing.cli.command.PoliciesCommand;
import dev.nexo.pairing.cli.command.RevokeCommand;
import dev.nexo.pairing.cli.command.SeedCommand;
import dev.nexo.pairing.cli.command.SessionsCommand;
import dev.nexo.pairing.cli.command.StartCommand;
import dev.nexo.pairing.cli.command.TextsCommand;
import dev.nexo.pairing.cli.command.UnblockCommand;
import dev.nexo.pairing.cli.command.UnlockCommand;
import dev.nexo.pairing.cli.command.UpdateCommand;
import dev.nexo.pairing.cli.command.WatchCommand;
import dev.nexo.pairing.cli.importer.ImportCommand;
import dev.nexo.pairing.cli.terminal.CliContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * The commands of {@code nexo-pair}. Registers only those that the arguments name, because
 * registering all takes longer than running one. For one thread.
 */
final class Commands {

  /** The commands by name, in the order of the help. */
  static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("start", StartCommand.class);
    ALL.put("list", ListCommand.class);
    ALL.put("watch", WatchCommand.class);
    ALL.put("messages", MessagesCommand.class);
    ALL.put("approve", ApproveCommand.class);
    ALL.put("deny", DenyCommand.class);
    ALL.put("revoke", RevokeCommand.class);
    ALL.put("seed", SeedCommand.class);
    ALL.put("update", UpdateCommand.class);
    ALL.put("block", BlockCommand.class);
    ALL.put("unblock", UnblockCommand.class);
    ALL.put("denied", DeniedCommand.class);
    ALL.put("blocked", BlockedCommand.class);
    ALL.put("dropped", DroppedCommand.class);
    ALL.put("unlock", UnlockCommand.class);
    ALL.put("sessions", SessionsCommand.class);
    ALL.put("notices", NoticesCommand.class);
    ALL.put("policies", PoliciesCommand.class);
    ALL.put("texts", TextsCommand.class);
    ALL.put("explain", ExplainCommand.class);
    ALL.put("audit", AuditCommand.class);
    ALL.put("dry-run", DryRunCommand.class);
    ALL.put("import", ImportCommand.class);
    ALL.put("doctor", DoctorCommand.class);
    ALL.put("backup", BackupCommand.class);
    ALL.put("restore", RestoreCommand.class);
    ALL.put("completion", CompletionCommand.class);
    ALL.put("help", HelpCommand.class);
  }

  /** The commands whose output lists all commands. */
  private static final Set<String> OF_ALL = Set.of("help", "completion");

  private final CliContext around;

  Commands(CliContext around) {
    this.around = around;
  }

  /** Runs the command that the arguments name, and returns its exit code, 0 or 1. */
  int run(String... arguments) {
    // "nexo pair list", the form of Nexo, and "nexo-pair list" are equivalent.
    boolean nexo = arguments.length > 0 && arguments[0].equals("pair");
    String[] rest = nexo ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    CommandLine line = new CommandLine(new PairCommand(around));
    named(rest).forEach(name -> line.addSubcommand(name, ALL.get(name)));
    return ErrorHandlers.set(line, around, ALL.keySet()).execute(rest);
  }

  /** Returns all command names in the arguments, because the first one may be an option's value. */
  private static Collection<String> named(String[] arguments) {
    List<String> named = ALL.keySet().stream().filter(Arrays.asList(arguments)::contains).toList();
    boolean version = arguments.length == 1 && arguments[0].equals("--version");
    boolean some = version || !named.isEmpty();
    return some && named.stream().noneMatch(OF_ALL::contains) ? named : ALL.keySet();
  }
}
