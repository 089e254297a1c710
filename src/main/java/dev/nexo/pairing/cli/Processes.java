package dev.nexo.pairing.cli;

import dev.nexo.pairing.cli.terminal.CliContext;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** The surroundings of this process, as the scripts and the operating system have them. */
public final class Processes {

  private static final int BUFFER = 8 * 1024;

  private Processes() {}

  /**
   * The surroundings. What is a terminal, the scripts know: they say so by the system properties
   * {@code nexo.out.terminal} and {@code nexo.err.terminal}.
   */
  public static CliContext surroundings() {
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

  /** UTF-8 whatever the locale says: the QR code has no letters in any other. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
        false,
        StandardCharsets.UTF_8);
  }
}
