package dev.nexo.pairing.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures the terminal of this process. */
final class TerminalSize {

  private static final Pager.Size USUAL = new Pager.Size(24, 80);

  /** The output of {@code stty size}: rows and columns, each 0 if it is unknown. */
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})\\s*");

  private TerminalSize() {}

  /**
   * Returns the size in {@code LINES} and {@code COLUMNS}, or else the terminal's; 24×80 if
   * unknown.
   */
  static Pager.Size of(Map<String, String> environment) {
    int rows = number(environment.get("LINES"), 0);
    int columns = number(environment.get("COLUMNS"), 0);
    Pager.Size asked = rows > 0 && columns > 0 ? USUAL : ask();
    return new Pager.Size(rows > 0 ? rows : asked.rows(), columns > 0 ? columns : asked.columns());
  }

  private static Pager.Size ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readNBytes(32), US_ASCII);
      Matcher size = SIZE.matcher(said);
      if (size.matches()) {
        return new Pager.Size(
            number(size.group(1), USUAL.rows()), number(size.group(2), USUAL.columns()));
      }
    } catch (IOException e) {
      // There is no terminal, or no stty.
    }
    return USUAL;
  }

  private static int number(String text, int otherwise) {
    return text != null && text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
  }
}
