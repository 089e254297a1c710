package dev.nexo.pairing.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Sets the level of this module's loggers ({@code pairing.log.level}). Without the setting they
 * have the levels of the server. Each logger is set, because a server may have set each of them.
 *
 * <p>Open Liberty shows lines below {@code INFO} only while it traces something, and then in
 * another file. There, with {@code debug}, such lines are logged at {@code INFO}. Thread-safe.
 */
final class LogLevels {

  private static final String PACKAGE = "dev.nexo.pairing";

  /** Keeps the parent of the loggers in memory, and with it its level. */
  private final Logger parent = Logger.getLogger(PACKAGE);

  private final boolean raises;
  private final Handler raised = new DebugLines();

  /** The levels of the server, by logger; a null level is inherited. Guarded by this. */
  private final Map<String, Level> replaced = new HashMap<>();

  LogLevels() {
    this(Logger.getLogger(PACKAGE).getClass().getName().startsWith("com.ibm.ws."));
  }

  /**
   * Creates the levels.
   *
   * @param raises whether lines below {@code INFO} are logged at {@code INFO}
   */
  LogLevels(boolean raises) {
    this.raises = raises;
  }

  /** Returns the level of a setting; empty if it is another string. */
  static Optional<Level> find(String text) {
    return switch (text) {
      case "warning" -> Optional.of(Level.WARNING);
      case "info" -> Optional.of(Level.INFO);
      case "debug" -> Optional.of(Level.FINE);
      default -> Optional.empty();
    };
  }

  /**
   * Sets the level of all loggers that exist, or gives them back the levels of the server. To be
   * repeated, because loggers are created with the classes that use them.
   */
  synchronized void apply(Optional<Level> level) {
    raise(raises && level.filter(Level.FINE::equals).isPresent());
    if (level.isEmpty()) {
      replaced.forEach((name, before) -> Logger.getLogger(name).setLevel(before));
      replaced.clear();
      return;
    }
    set(parent, level.get());
    for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
      if (name.startsWith(PACKAGE + ".")) {
        set(Logger.getLogger(name), level.get());
      }
    }
  }

  private void raise(boolean wanted) {
    boolean raising = Arrays.asList(parent.getHandlers()).contains(raised);
    if (wanted && !raising) {
      parent.addHandler(raised);
    } else if (!wanted && raising) {
      parent.removeHandler(raised);
    }
  }

  private void set(Logger logger, Level level) {
    if (!replaced.containsKey(logger.getName())) {
      replaced.put(logger.getName(), logger.getLevel());
    }
    if (!level.equals(logger.getLevel())) {
      logger.setLevel(level);
    }
  }

  /** Logs lines below {@code INFO} once more, at {@code INFO}. */
  private final class DebugLines extends Handler {

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.INFO.intValue()) {
        return;
      }
      LogRecord shown = new LogRecord(Level.INFO, "debug: " + line.getMessage());
      shown.setLoggerName(line.getLoggerName());
      shown.setParameters(line.getParameters());
      shown.setThrown(line.getThrown());
      shown.setInstant(line.getInstant());
      parent.log(shown);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
