package dev.nexo.pairing.cli.terminal;

import java.io.PrintStream;

/**
 * Rows in columns as Nexo prints them: padded to a width in code points, joined by two blanks, the
 * last one as it is. A cell that is wider moves the rest of its row. For one thread.
 */
public final class Table {

  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colours;
  private final int[] widths;

  /** A table of those widths, one for every column but the last. */
  public Table(CliContext around, int... widths) {
    out = around.out();
    colours = around.colours();
    this.widths = widths;
  }

  /** The line above the rows. */
  public void head(String... names) {
    String line = line(names);
    out.println(colours ? BOLD + line + PLAIN : line);
  }

  /** A row; what strangers wrote is shown without what a terminal would obey. */
  public void row(String... cells) {
    out.println(line(cells));
  }

  private String line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i] == null ? "-" : TerminalText.of(cells[i]);
      line.append(cell);
      if (i < widths.length) {
        int width = cell.codePointCount(0, cell.length());
        line.append(" ".repeat(Math.max(0, widths[i] - width) + 2));
      }
    }
    return line.toString();
  }
}
