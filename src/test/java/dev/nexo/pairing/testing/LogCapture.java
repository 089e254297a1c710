package dev.nexo.pairing.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Captures all records of a logger and its children while it is open, at every level. */
public final class LogCapture extends Handler implements AutoCloseable {

  private final Logger logger;
  private final Level before;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final SimpleFormatter formatter = new SimpleFormatter();

  private LogCapture(String name) {
    logger = Logger.getLogger(name);
    before = logger.getLevel();
    logger.setLevel(Level.ALL);
    setLevel(Level.ALL);
    logger.addHandler(this);
  }

  /** Starts to capture a logger and its children. */
  public static LogCapture of(String name) {
    return new LogCapture(name);
  }

  /** The number of records that contain a string. */
  public long lines(String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }

  /** All captured records, including stack traces. */
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(formatter.format(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
