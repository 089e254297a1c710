package dev.nexo.pairing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.cli.command.ErrorHandlers;
import dev.nexo.pairing.cli.companion.CompanionCommand;
import dev.nexo.pairing.cli.terminal.CliContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs {@code nexo-companion} in this process, as a shell would. */
public final class CompanionCliRunner {

  /** What a command left. */
  public record Said(int code, String out, String err) {

    /** The lines on standard output. */
    public List<String> lines() {
      return out.lines().toList();
    }
  }

  private final Map<String, String> environment = new HashMap<>();
  private final Path home;
  private final Clock clock;
  private byte[] input = {};

  /** With that NEXO_HOME, at that time. */
  public CompanionCliRunner(Path home, Clock clock) {
    this.home = home;
    this.clock = clock;
    environment.put("NEXO_HOME", home.toString());
  }

  /** Sets the standard input of the next commands. */
  public CompanionCliRunner input(byte[] bytes) {
    input = bytes;
    return this;
  }

  /** Sets the standard input of the next commands as a string. */
  public CompanionCliRunner input(String text) {
    return input(text.getBytes(UTF_8));
  }

  /** Runs a command. */
  public Said run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliContext around =
        new CliContext(
            environment,
            home,
            new ByteArrayInputStream(input),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            clock);
    int code =
        ErrorHandlers.set(new CommandLine(new CompanionCommand(around)), around).execute(arguments);
    return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
