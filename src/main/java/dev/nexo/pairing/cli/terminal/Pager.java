package dev.nexo.pairing.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Standard output. If it is a table that is longer than the terminal, a pager shows it. The pager
 * is the command in {@code NEXO_PAGER} or {@code PAGER}, which a shell runs, or else {@code less}.
 * There is no pager if the variable is empty or {@code cat}. Under sudo it is {@code less} in its
 * secure mode. The options of {@code less} are {@code FRX} unless {@code LESS} is set, as in Git.
 * After the reader has closed the output, everything is discarded. For one thread.
 */
public final class Pager extends OutputStream {

  /** How many bytes of a table are kept before the pager starts; more than a terminal shows. */
  private static final int MAX_KEPT = 256 * 1024;

  /** How the operating system reports a write to a pipe without a reader (EPIPE). */
  private static final String READER_ENDED = "Broken pipe";

  /** The size of a terminal. */
  record Size(int rows, int columns) {}

  private final OutputStream direct;
  private final Map<String, String> environment;
  private final Supplier<Size> size;
  private OutputStream target;

  /** The beginning of a table; null if the output is not a table. */
  private ByteArrayOutputStream kept;

  private Size screen;
  private Process process;
  private boolean closed;
  private String failure;

  /**
   * Creates the output.
   *
   * @param direct the terminal, or the file or pipe of standard output
   * @param size measures the terminal; null if standard output is not a terminal
   */
  Pager(OutputStream direct, Map<String, String> environment, Supplier<Size> size) {
    this.direct = direct;
    this.environment = environment;
    this.size = size;
    target = direct;
  }

  /** Starts a table. If the following output is longer than the terminal, a pager shows it. */
  void table() {
    if (size != null && kept == null && process == null && command().isPresent()) {
      kept = new ByteArrayOutputStream();
    }
  }

  /** Returns whether the reader of the output has closed it. */
  boolean isClosed() {
    return closed;
  }

  /** Returns why a part of the output was not written; empty if its reader wanted no more. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns whether a pager shows the output. Output to its terminal would then disturb it. */
  boolean isShowing() {
    return process != null && process.isAlive();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (kept == null) {
      pass(bytes, offset, length);
      return;
    }
    kept.write(bytes, offset, length);
    if (kept.size() > MAX_KEPT || isLong()) {
      start();
      passKept();
    }
  }

  private boolean isLong() {
    if (screen == null) {
      screen = size.get();
    }
    int rows = 1;
    for (String line : kept.toString(UTF_8).split("\n", -1)) {
      rows += Math.max(1, (line.length() + screen.columns() - 1) / screen.columns());
    }
    // The string after the last line break is empty. The prompt of the shell needs a row too.
    return rows > screen.rows() + 1;
  }

  private void pass(byte[] bytes, int offset, int length) {
    if (closed) {
      return;
    }
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      close(e);
    }
  }

  /** Notes that the reader, such as head or a pager, has ended, or that the disk is full. */
  private void close(IOException e) {
    closed = true;
    if (process == null && !READER_ENDED.equals(e.getMessage())) {
      failure = e.getMessage();
    }
  }

  private void passKept() {
    byte[] bytes = kept.toByteArray();
    kept = null;
    pass(bytes, 0, bytes.length);
  }

  /** Ends a table that is not longer than the terminal, and writes everything. */
  @Override
  public void flush() {
    if (kept != null) {
      passKept();
    }
    try {
      target.flush();
    } catch (IOException e) {
      close(e);
    }
  }

  /** Writes everything, and waits until the user leaves the pager. */
  @Override
  public void close() {
    flush();
    if (process != null) {
      try {
        target.close();
      } catch (IOException e) {
        closed = true;
      }
      await();
    }
  }

  private void await() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the process of the pager, which has not been started. */
  ProcessBuilder builder() {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command().orElseThrow())
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // A pager needs no password, and its users may start programs.
    builder.environment().remove("NEXO_PAIR_PASSWORD");
    if (isElevated()) {
      builder.environment().put("LESSSECURE", "1");
    }
    builder.environment().putIfAbsent("LESS", "FRX");
    builder.environment().putIfAbsent("LESSCHARSET", "utf-8");
    return builder;
  }

  private void start() {
    try {
      process = builder().start();
      target = process.getOutputStream();
      // After Ctrl-C, the shell must not get the terminal back while the pager still uses it.
      Runtime.getRuntime().addShutdownHook(new Thread(this::await, "pager"));
    } catch (IOException e) {
      target = direct;
    }
  }

  /** Returns the pager's command; empty if none is wanted, or its program does not exist. */
  private Optional<String> command() {
    String terminal = environment.get("TERM");
    if (terminal == null || terminal.isEmpty() || terminal.equals("dumb")) {
      return Optional.empty();
    }
    String own =
        isElevated() ? null : environment.getOrDefault("NEXO_PAGER", environment.get("PAGER"));
    String command = own == null ? "less" : own.strip();
    return command.isEmpty() || command.equals("cat") || !exists(command.split("\\s", 2)[0])
        ? Optional.empty()
        : Optional.of(command);
  }

  /** Returns whether sudo runs this command, so that a pager must not start other programs. */
  private boolean isElevated() {
    return environment.containsKey("SUDO_USER");
  }

  private boolean exists(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
