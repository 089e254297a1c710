package dev.nexo.pairing.cli.terminal;

import java.io.PrintStream;

/**
 * Prints rows in Nexo's columns: padded to a width in code points, joined by two spaces, the last
 * one unpadded. A wider cell moves the rest of its row. Nexo pads the heading of a time and not the
 * times. For one thread.
 */
public final class Table {

  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colours;
  private final int[] widths;
  private int time = -1;

  /** Creates a table with the widths of all columns except the last. */
  public Table(CliContext around, int... widths) {
    out = around.out();
    colours = around.colours();
    this.widths = widths;
  }

  /** Prints the rows of this column without padding, as Nexo prints times. */
  public Table time(int column) {
    time = column;
    return this;
  }

  /** Prints the headings. */
  public void head(String... names) {
    String line = line(names, -1);
    out.println(colours ? BOLD + line + PLAIN : line);
  }

  /** Prints a row; null becomes {@code -}, and control characters are removed. */
  public void row(String... cells) {
    out.println(line(cells, time));
  }

  /**
   * Formats {@code 2026-04-25T13:21:00Z} as {@code 2026-04-25 13:21:00 UTC}, without a fraction;
   * null stays null. Copies substrings, because java.time's parser would take a tenth of the
   * command's run time.
   */
  public static String time(String time) {
    boolean plain =
        time != null && time.length() >= 20 && time.charAt(10) == 'T' && time.endsWith("Z");
    return plain ? time.substring(0, 10) + ' ' + time.substring(11, 19) + " UTC" : time;
  }

  private String line(String[] cells, int unpadded) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i] == null ? "-" : TerminalText.of(cells[i]);
      line.append(cell);
      if (i < widths.length) {
        int width = i == unpadded ? widths[i] : cell.codePointCount(0, cell.length());
        line.append(" ".repeat(Math.max(0, widths[i] - width) + 2));
      }
    }
    return line.toString();
  }
}
