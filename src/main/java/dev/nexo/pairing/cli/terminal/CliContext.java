package dev.nexo.pairing.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Where a command runs; tests make their own.
 *
 * @param environment the variables of the environment
 * @param userHome the user's home directory
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param colours whether colours may go to standard output: it is a terminal, and {@code NO_COLOR}
 *     is not set
 * @param progress whether a progress bar may go to standard error: it is a terminal
 * @param clock the time
 */
public record CliContext(
    Map<String, String> environment,
    Path userHome,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean colours,
    boolean progress,
    Clock clock) {

  /** The variable of that name, or null where it is missing or empty. */
  public String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The directory of everything kept: {@code NEXO_HOME}, by default {@code ~/.nexo}. */
  public Path nexoHome() {
    String home = variable("NEXO_HOME");
    return home == null ? userHome.resolve(".nexo") : Path.of(home);
  }
}
