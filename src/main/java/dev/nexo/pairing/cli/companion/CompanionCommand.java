package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Version;
import dev.nexo.pairing.companion.SessionToken;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/**
 * {@code nexo-companion}: reads a setup code, shows it, exchanges it and stores the session. Ends
 * with 0 if paired, 1 if that failed, 2 if the server refused the code and its clock says that the
 * code has expired. Only the server decides; this machine's clock may be wrong. For one thread.
 */
@Command(
    name = "nexo-companion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      SessionCommand.Whoami.class,
      SessionCommand.Rotate.class,
      SessionCommand.SignOut.class
    },
    sortOptions = false,
    description = "Pair this machine using a setup code, and store the session.",
    footer = {
      "",
      "The session token is stored in $NEXO_HOME/pairing/sessions/<label>.token.",
      "Exit codes: 0 paired, 1 failed, 2 setup code expired.",
      "",
      "Examples:",
      "  nexo-companion code.png",
      "  nexo-pair start --json | jq -r .payload | nexo-companion --label kitchen",
      "  nexo-companion whoami"
    })
public final class CompanionCommand implements Callable<Integer> {

  static final int DONE = 0;

  static final int EXPIRED = 2;

  private final CliContext around;

  @ArgGroup private Given given = new Given();

  @Option(
      names = "--label",
      scope = ScopeType.INHERIT,
      paramLabel = "<label>",
      description = "Name of the session on this machine (default: the device name in the code).")
  private String label;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print JSON, one object per line.")
  private boolean json;

  @Option(names = "--no-connect", description = "Only show the setup code; do not pair.")
  private boolean noConnect;

  /** The one source of the code; standard input if there is none. */
  private static final class Given {

    @Option(
        names = "--code",
        paramLabel = "<text>",
        description = "Setup code, or - for standard input. Other users can see arguments.")
    private String code;

    @Option(names = "--png", paramLabel = "<file>", description = "PNG or JPEG with the QR code.")
    private Path png;

    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "<file>",
        description =
            "PNG or JPEG with the QR code, or file with the code (default: standard input).")
    private Path file;
  }

  public CompanionCommand(CliContext around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    ScannedSetupCode code = ScannedSetupCode.of(text());
    Instant now = around.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    Report report = report();
    report.code(code, now);
    if (!noConnect) {
      return pair(code, report);
    }
    if (code.expired(now)) {
      warn("By this machine's clock, the setup code has expired");
      return EXPIRED;
    }
    return DONE;
  }

  private void warn(String line) {
    around.err().println("nexo-companion: " + line);
  }

  private String text() {
    if (given.png != null) {
      return CodeInput.image(given.png);
    }
    if (given.file != null) {
      return CodeInput.file(given.file);
    }
    return given.code == null || given.code.equals("-")
        ? CodeInput.standardInput(around.in())
        : given.code;
  }

  private int pair(ScannedSetupCode code, Report report) {
    String name = label == null ? code.deviceLabel() : label;
    try {
      PairUrl url = PairUrl.of(code.code().url());
      SessionFiles files = files();
      // Checks first that the session can be stored, so that no code is used in vain.
      files.prepare();
      SessionToken token = new PairSocket().exchange(url, code.code().bootstrapToken());
      files.keep(name, new StoredSession(token, code.code().url(), null, null));
      report.paired(files.tokenPath(name));
      clockOffset(url);
      return DONE;
    } catch (PairSocket.RefusedException e) {
      return refused(code, report, e);
    } catch (CommandException e) {
      report.notPaired(e.getMessage());
      throw e;
    }
  }

  /** Explains why the server refused a code: it has expired if the server's clock says so. */
  private int refused(ScannedSetupCode code, Report report, CommandException refusal) {
    boolean expired =
        clockOffset(PairUrl.of(code.code().url()))
            .filter(offset -> code.expired(offset.serverTime(around.clock())))
            .isPresent();
    if (!expired) {
      report.notPaired(refusal.getMessage());
      throw refusal;
    }
    String line = "This setup code has expired; ask the operator for a new one";
    report.notPaired(line);
    warn(line);
    return EXPIRED;
  }

  private Optional<ClockOffset> clockOffset(PairUrl url) {
    Optional<ClockOffset> offset = ClockOffset.of(url, around.clock());
    offset.flatMap(ClockOffset::warning).ifPresent(this::warn);
    return offset;
  }

  Report report() {
    return new Report(around.out(), json);
  }

  SessionFiles files() {
    return new SessionFiles(around.nexoHome());
  }

  /** Returns the label on the command line, or that of the only session, or the default label. */
  String label() {
    return label == null ? files().onlyLabel() : label;
  }
}
