package dev.nexo.pairing.cli.terminal;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Shows the progress, the speed and the remaining time of a long command in one line of a terminal.
 * Shows nothing in the first second. For one thread.
 */
public final class ProgressBar {

  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int WIDTH = 30;
  private static final int HOUR = 3600;

  private final PrintStream err;
  private final boolean shown;
  private final Clock clock;
  private final Instant start;
  private Instant drawn;
  private int length;

  /** Creates a progress bar and starts its clock. */
  public ProgressBar(CliContext around) {
    err = around.err();
    shown = around.progress();
    clock = around.clock();
    start = clock.instant();
    drawn = start;
  }

  /**
   * Draws the progress, at most every 100 ms.
   *
   * @param done the number of items done
   * @param share their share of all items, 0 to 1; negative if it is unknown
   */
  public void update(long done, double share) {
    Instant now = clock.instant();
    Duration spent = Duration.between(start, now);
    boolean due = spent.compareTo(SILENCE) >= 0 && !now.isBefore(drawn.plus(PAUSE));
    if (shown && due) {
      drawn = now;
      draw(line(done, share, spent.toMillis() / 1000.0));
    }
  }

  /** Clears the progress bar. */
  public void end() {
    if (length > 0) {
      draw("");
      err.print('\r');
      err.flush();
    }
  }

  /**
   * Formats the progress as a line.
   *
   * @param done the number of items done
   * @param share their share of all items, 0 to 1; negative if it is unknown
   * @param seconds the elapsed time in seconds
   */
  public static String line(long done, double share, double seconds) {
    double rate = done / seconds;
    String end = String.format(Locale.ROOT, "%,d done, %,.0f a second", done, rate);
    if (share < 0) {
      return end;
    }
    double known = Math.min(1, share);
    int full = (int) (known * WIDTH);
    String bar = "#".repeat(full) + "-".repeat(WIDTH - full);
    String left = known == 0 ? "" : ", " + time(Math.round(seconds / known - seconds)) + " left";
    return "[" + bar + "] " + (int) (known * 100) + " %, " + end + left;
  }

  private static String time(long seconds) {
    return seconds >= HOUR
        ? seconds / HOUR + " h " + seconds % HOUR / 60 + " min"
        : seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
  }

  private void draw(String line) {
    err.print('\r' + line + " ".repeat(Math.max(0, length - line.length())));
    err.flush();
    length = line.length();
  }
}
