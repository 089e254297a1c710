package dev.nexo.pairing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.cli.terminal.CliContext;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs {@code nexo-pair} in this process against a server, for other packages. */
public final class PairCliRunner {

  /** What a command left. */
  public record Said(int code, String out, String err) {

    /** The lines on standard output. */
    public List<String> lines() {
      return out.lines().toList();
    }
  }

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final Clock clock;

  /** As the operator of that server. */
  public PairCliRunner(Path home, String server, String password, Clock clock) {
    this.home = home;
    environment.put("NEXO_PAIR_SERVER", server);
    environment.put("NEXO_PAIR_PASSWORD", password);
    this.clock = clock;
  }

  /** Sets an environment variable. */
  public PairCliRunner with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a command. */
  public Said run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliContext around =
        new CliContext(
            environment,
            home,
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            clock);
    int code = new Commands(around).run(arguments);
    return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
