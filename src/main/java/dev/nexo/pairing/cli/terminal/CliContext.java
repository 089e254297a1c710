package dev.nexo.pairing.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The environment that a command runs in. Tests create their own.
 *
 * @param environment the environment variables
 * @param userHome the user's home directory
 * @param in standard input
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param colours whether standard output is a terminal and {@code NO_COLOR} is not set
 * @param progress whether standard error is a terminal, for a progress bar
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

  /**
   * Returns the environment of this process. The scripts report terminals in the system properties
   * {@code nexo.out.terminal} and {@code nexo.err.terminal}.
   */
  public static CliContext ofProcess() {
    String home = System.getenv("HOME");
    String noColor = System.getenv("NO_COLOR");
    return new CliContext(
        System.getenv(),
        Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home),
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Boolean.getBoolean("nexo.out.terminal") && (noColor == null || noColor.isEmpty()),
        Boolean.getBoolean("nexo.err.terminal"),
        Clock.systemUTC());
  }

  /** Opens a stream in UTF-8 in every locale, because other encodings lack the QR characters. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
  }

  /** Flushes the output and exits the process. */
  public void exit(int code) {
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Returns an environment variable, or null if it is missing or empty. */
  public String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns the data directory, {@code NEXO_HOME} (default: {@code ~/.nexo}). */
  public Path nexoHome() {
    String home = variable("NEXO_HOME");
    return home == null ? userHome.resolve(".nexo") : Path.of(home);
  }
}
