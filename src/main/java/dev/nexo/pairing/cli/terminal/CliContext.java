package dev.nexo.pairing.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

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
 * @param pager the target of standard output; null if tables are never paged
 */
public record CliContext(
    Map<String, String> environment,
    Path userHome,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean colours,
    boolean progress,
    Clock clock,
    Pager pager) {

  /** Creates an environment without a pager. */
  public CliContext(
      Map<String, String> environment,
      Path userHome,
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean colours,
      boolean progress,
      Clock clock) {
    this(environment, userHome, in, out, err, colours, progress, clock, null);
  }

  /**
   * Returns the environment of this process. The scripts report terminals in the system properties
   * {@code nexo.out.terminal} and {@code nexo.err.terminal}.
   */
  public static CliContext ofProcess() {
    String home = System.getenv("HOME");
    String noColor = System.getenv("NO_COLOR");
    boolean terminal = Boolean.getBoolean("nexo.out.terminal");
    boolean errorTerminal = Boolean.getBoolean("nexo.err.terminal");
    Map<String, String> environment = System.getenv();
    Pager pager =
        new Pager(
            new FileOutputStream(FileDescriptor.out),
            environment,
            terminal ? () -> TerminalSize.of(environment) : null);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    return new CliContext(
        environment,
        Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home),
        System.in,
        stream(pager),
        stream(terminal && errorTerminal ? new ErrorOutput(err, pager) : err),
        terminal && (noColor == null || noColor.isEmpty()),
        errorTerminal,
        Clock.systemUTC(),
        pager);
  }

  /**
   * Standard error on a terminal that a pager uses. While the pager runs, it shows this output too.
   */
  private static final class ErrorOutput extends FilterOutputStream {

    private final Pager pager;

    ErrorOutput(OutputStream err, Pager pager) {
      super(err);
      this.pager = pager;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (pager.isShowing()) {
        pager.write(bytes, offset, length);
      } else {
        out.write(bytes, offset, length);
      }
    }
  }

  /** Opens a stream in UTF-8 in every locale, because other encodings lack the QR characters. */
  private static PrintStream stream(OutputStream target) {
    return new PrintStream(new BufferedOutputStream(target), false, StandardCharsets.UTF_8);
  }

  /** Starts a table. If the following output is longer than the terminal, a pager shows it. */
  public void table() {
    if (pager != null) {
      out.flush();
      pager.table();
    }
  }

  /** Returns whether the reader of standard output has closed it. */
  public boolean isOutputClosed() {
    return pager != null && pager.isClosed();
  }

  /**
   * Flushes the output, waits for the pager and exits the process.
   *
   * @param code the exit code; 1 instead of 0 if a part of the output could not be written
   */
  public void exit(int code) {
    out.flush();
    Optional<String> failure = Optional.empty();
    if (pager != null) {
      pager.close();
      failure = pager.failure();
    }
    failure.ifPresent(why -> err.println("nexo-pair: The output is not complete (" + why + ")"));
    err.flush();
    System.exit(code == 0 && failure.isPresent() ? 1 : code);
  }

  /** Returns an environment variable, or null if it is missing or blank. */
  public String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Returns the path in an environment variable, or null if it is missing or blank. */
  public Path path(String name) {
    String value = variable(name);
    return value == null ? null : expand(value);
  }

  /** Parses a path as the server does: a leading {@code ~} means the home directory. */
  public Path expand(String text) {
    String path = text.strip();
    if (path.equals("~")) {
      return userHome;
    }
    return path.startsWith("~/") ? userHome.resolve(path.substring(2)) : Path.of(path);
  }

  /** Returns the data directory, {@code NEXO_HOME} (default: {@code ~/.nexo}). */
  public Path nexoHome() {
    Path home = path("NEXO_HOME");
    return home == null ? userHome.resolve(".nexo") : home;
  }
}
