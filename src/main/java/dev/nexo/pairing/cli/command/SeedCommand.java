package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.SecretFile;
import dev.nexo.pairing.cli.client.Seeder;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.ProgressBar;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seed}: admits senders in advance. */
@Command(
    name = "seed",
    description = "Admit known senders in advance, any number of them.",
    footer = {
      "",
      "A file or standard input contains one sender per line, or one object",
      "{\"sender_id\":…,\"note\":…,\"role\":…,\"labels\":[…],\"idle_secs\":…,\"members\":…}",
      "per line. The options apply to lines that do not name the field.",
      "",
      "Examples:",
      "  nexo-pair seed whatsapp default +15550001111 +15550002222",
      "  nexo-pair seed whatsapp default +15550001111 --role owner",
      "  nexo-pair seed telegram my_bot --file friends.txt",
      "  cut -d, -f1 customers.csv | nexo-pair seed whatsapp default -"
    })
public final class SeedCommand extends PairSubcommand {

  @Mixin private SenderParameters.Account account;

  @Parameters(
      index = "2..*",
      paramLabel = "<sender>",
      description = "The senders, or - for standard input.")
  private List<String> senders = List.of();

  @Mixin private RoleOptions role;

  @Mixin private MembersOption members;

  @Option(names = "--file", paramLabel = "<path>", description = "File with one sender per line.")
  private Path file;

  @Override
  public Integer call() {
    boolean input = senders.equals(List.of("-"));
    if (senders.isEmpty() == (file == null)) {
      throw new CommandException(
          "Name the senders to admit, or a file with --file, or - for standard input; exactly one"
              + " of these");
    }
    if (input) {
      return seed(
          new SenderLines(new BufferedInputStream(around().in()), "-", role.terms(members)), 0);
    }
    if (file == null) {
      return seed(
          SenderLines.of(senders, role.terms(members)), sent -> (double) sent / senders.size());
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return seed(new SenderLines(in, file.toString(), role.terms(members)), Files.size(file));
    } catch (IOException e) {
      throw SecretFile.unreadable(file, e);
    }
  }

  private int seed(SenderLines lines, long size) {
    return seed(lines, sent -> size == 0 ? -1 : (double) lines.bytes() / size);
  }

  private int seed(Iterator<SeedEntry> entries, LongToDoubleFunction share) {
    if (!entries.hasNext()) {
      throw new CommandException("The input contains no sender; give one sender per line");
    }
    ProgressBar bar = new ProgressBar(around());
    Set<JsonObject> warnings = new LinkedHashSet<>();
    JsonArrayBuilder named = Json.PROVIDER.createArrayBuilder();
    Seeder.Listener listener =
        new Seeder.Listener() {
          @Override
          public void rejected(SeedReport.Rejected one) {
            bar.end();
            if (json()) {
              named.add(Json.object().add("sender_id", one.senderId()).add("reason", one.reason()));
            }
            String line = one.senderId() + " (" + one.reason() + ")";
            err().println("Rejected: " + TerminalText.of(line));
          }

          @Override
          public void warning(JsonObject warning) {
            if (warnings.add(warning)) {
              bar.end();
              err().println("Warning: " + Json.warning(warning));
            }
          }

          @Override
          public void progress(long sent) {
            bar.update(sent, share.applyAsDouble(sent));
          }
        };
    Seeder.Result result;
    try {
      result = new Seeder(api(), account.channel, account.id, listener).seed(entries);
    } finally {
      bar.end();
    }
    if (json()) {
      print(
          Json.object()
              .add("account_id", account.id)
              .add("channel", account.channel)
              .add("rejected", named)
              .add("rejected_count", result.rejected())
              .add("seeded", result.seeded())
              .add("warnings", Json.PROVIDER.createArrayBuilder(warnings))
              .build());
    } else {
      out()
          .println(
              "Seeded %d sender(s) into %s:%s allow_from"
                  .formatted(result.seeded(), account.channel, account.id));
    }
    if (result.rejected() > result.named()) {
      err().println("Rejected: " + (result.rejected() - result.named()) + " more");
    }
    return result.rejected() > 0 ? FAILED : DONE;
  }
}
