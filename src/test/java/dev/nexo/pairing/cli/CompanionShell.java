package dev.nexo.pairing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.cli.companion.CompanionCommand;
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
public final class CompanionShell {

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
  public CompanionShell(Path home, Clock clock) {
    this.home = home;
    this.clock = clock;
    environment.put("NEXO_HOME", home.toString());
  }

  /** Standard input of the commands to come. */
  public CompanionShell input(byte[] bytes) {
    input = bytes;
    return this;
  }

  /** The same as text. */
  public CompanionShell input(String text) {
    return input(text.getBytes(UTF_8));
  }

  /** Runs a command. */
  public Said run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings around =
        new Surroundings(
            environment,
            home,
            new ByteArrayInputStream(input),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            clock);
    int code =
        Endings.set(new CommandLine(new CompanionCommand(around)), around).execute(arguments);
    return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
