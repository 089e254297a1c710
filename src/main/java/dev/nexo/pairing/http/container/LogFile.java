package dev.nexo.pairing.http.container;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Finds the log of Open Liberty, which has more lines than the console. */
public final class LogFile {

  private LogFile() {}

  /**
   * Returns the path of {@code messages.log}, for people. It is the one of the script that starts
   * Open Liberty; {@code logDirectory} in {@code server.xml} is not considered.
   */
  public static String path() {
    return path(System::getenv);
  }

  static String path(UnaryOperator<String> variable) {
    // The script sets the first; the working directory is the server's output directory.
    String directory =
        Stream.of("X_LOG_DIR", "LOG_DIR")
            .map(variable)
            .filter(value -> value != null && !value.isBlank())
            .findFirst()
            .orElse("logs");
    return Path.of(directory, "messages.log").toAbsolutePath().normalize().toString();
  }
}
