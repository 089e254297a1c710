package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.cli.client.SecretFile;
import dev.nexo.pairing.cli.client.Seeder;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.ProgressBar;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seed}: lets in those who are known beforehand. */
@Command(
    name = "seed",
    description = "Lets in senders you know beforehand, as many as you like.",
    footer = {
      "",
      "A file, or standard input for -, has a sender on each line,",
      "or {\"sender_id\":…,\"note\":…}.",
      "",
      "Examples:",
      "  nexo-pair seed whatsapp default +15550001111 +15550002222",
      "  nexo-pair seed telegram my_bot --file friends.txt",
      "  cut -d, -f1 customers.csv | nexo-pair seed whatsapp default -"
    })
public final class SeedCommand extends PairSubcommand {

  @Parameters(index = "0", paramLabel = "<channel>", description = "Like whatsapp.")
  private String channel;

  @Parameters(
      index = "1",
      paramLabel = "<account>",
      description = "Your account there, often default.")
  private String account;

  @Parameters(index = "2..*", paramLabel = "<sender>", description = "The senders, or -.")
  private List<String> senders = List.of();

  @Option(names = "--file", paramLabel = "<path>", description = "A file with the senders.")
  private Path file;

  @Override
  public Integer call() {
    boolean input = senders.equals(List.of("-"));
    if (senders.isEmpty() == (file == null)) {
      throw new CommandException(
          "Name the senders to let in, or a file of them with --file, or - for standard input;"
              + " one of these");
    }
    if (!input && file == null) {
      SenderArguments.refuseTorn(senders);
      Iterator<SeedEntry> entries =
          senders.stream().map(sender -> new SeedEntry(sender, null)).iterator();
      int all = senders.size();
      return seed(entries, sent -> (double) sent / all);
    }
    return input
        ? seed(new SenderLines(new BufferedInputStream(around().in()), "-"), 0)
        : fromFile();
  }

  private int fromFile() {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return seed(new SenderLines(in, file.toString()), Files.size(file));
    } catch (IOException e) {
      throw SecretFile.unreadable(file, e);
    }
  }

  private int seed(SenderLines lines, long size) {
    return seed(lines, sent -> size == 0 ? -1 : (double) lines.bytes() / size);
  }

  /** How much of all is done once so many were sent. */
  private interface Share {
    double of(long sent);
  }

  private int seed(Iterator<SeedEntry> entries, Share share) {
    if (!entries.hasNext()) {
      throw new CommandException("There is no sender in it; each line has one");
    }
    ProgressBar bar = new ProgressBar(around());
    Rejections rejections = new Rejections(bar, share);
    Seeder.Result result;
    try {
      result = new Seeder(api(), channel, account, rejections).seed(entries);
    } finally {
      bar.end();
    }
    out()
        .println(
            "Seeded %d sender(s) into %s:%s allow_from"
                .formatted(result.seeded(), channel, account));
    if (result.rejected() > rejections.named) {
      err().println("Rejected: " + (result.rejected() - rejections.named) + " more");
    }
    return result.rejected() > 0 ? FAILED : DONE;
  }

  /** Names who could not be taken, and draws how far it is. */
  private final class Rejections implements Seeder.Listener {

    private final ProgressBar bar;
    private final Share share;
    private long named;

    Rejections(ProgressBar bar, Share share) {
      this.bar = bar;
      this.share = share;
    }

    @Override
    public void rejected(SeedReport.Rejected one) {
      named++;
      bar.end();
      err().println("Rejected: " + TerminalText.of(one.senderId() + " (" + one.reason() + ")"));
    }

    @Override
    public void progress(long sent) {
      bar.update(sent, share.of(sent));
    }
  }
}
