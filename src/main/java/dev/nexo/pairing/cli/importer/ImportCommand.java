package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.command.PairSubcommand;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code nexo-pair import}: admits the senders that another system admits. Reads and checks
 * everything before it changes anything. Repeating it changes nothing. For one thread.
 */
@Command(
    name = "import",
    description = "Admit the senders that another system admits.",
    footer = {
      "",
      "Senders that cannot be imported are listed on standard error, with the reason.",
      "So are senders that will probably not match what the channel sends, as warnings.",
      "Senders that were revoked, denied or blocked on this server are not admitted",
      "again. The source is not changed.",
      "",
      "Examples:",
      "  nexo-pair import openclaw ~/.openclaw --dry-run",
      "  nexo-pair import hermes ~/.hermes --account helpdesk",
      "  nexo-pair import csv people.csv --channel telegram"
    })
public final class ImportCommand extends PairSubcommand {

  @Parameters(
      index = "0",
      paramLabel = "<source>",
      completionCandidates = ImportSources.Names.class,
      description = "Source: openclaw, nexo, hermes, nanobot or csv.")
  private String source;

  @Parameters(
      index = "1",
      paramLabel = "<path>",
      description = "Directory of the source; for nexo and csv, a file.")
  private Path path;

  @Option(
      names = "--channel",
      paramLabel = "<channel>",
      description = "Channel of entries without one; entries of other channels are skipped.")
  private String channel;

  @Option(
      names = "--account",
      paramLabel = "<account>",
      description = "Account of entries without one; entries of other accounts are skipped.")
  private String account;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    ImportSource from = ImportSources.named(source);
    SourceContents findings = new SourceContents(channel, account, around().clock().instant());
    read(from, findings);
    ImportPlan plan = new ImportPlanner(api()).plan(findings);
    if (!dryRun) {
      new ImportExecutor(api(), around().clock()).run(plan);
    }
    plan.refused().forEach(refusal -> err().println(refusal.line()));
    plan.warnings().forEach(one -> err().println("Warning: " + Json.warning(one)));
    ImportReport report = new ImportReport(plan);
    if (json()) {
      return print(report.json(dryRun));
    }
    report.lines(out(), dryRun);
    return DONE;
  }

  private void read(ImportSource from, SourceContents findings) {
    if (!FileAccess.exists(path)) {
      throw new CommandException(path + " does not exist");
    }
    try {
      from.read(path, findings);
    } catch (AccessDeniedException e) {
      throw FileAccess.forbidden(e);
    } catch (IOException e) {
      throw new CommandException(
          path + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
  }
}
