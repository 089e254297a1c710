package dev.nexo.pairing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.cli.terminal.CliContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process, as a shell would. */
public final class CliRunner {

  /** What a command left. */
  record Said(int code, String out, String err) {}

  private final Map<String, String> environment = new HashMap<>();
  private final Path home;
  private final Clock clock =
      Clock.fixed(Instant.parse("2026-04-25T13:21:00Z"), java.time.ZoneOffset.UTC);
  private String input = "";
  private boolean colours;

  /** With this directory as the user's home. */
  public CliRunner(Path home) {
    this.home = home;
  }

  public CliRunner with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CliRunner input(String text) {
    input = text;
    return this;
  }

  CliRunner colours() {
    colours = true;
    return this;
  }

  public CliContext around(PrintStream out, PrintStream err) {
    return new CliContext(
        environment,
        home,
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        out,
        err,
        colours,
        false,
        clock);
  }

  Said run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new Commands(around(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)))
            .run(arguments);
    return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
