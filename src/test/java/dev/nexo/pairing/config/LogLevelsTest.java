package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.LogCapture;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Log levels")
class LogLevelsTest extends ReloadContract {

  @Test
  @DisplayName("The log level follows the setting, and returns to the server's own")
  void logLevel() throws IOException {
    Logger logger = Logger.getLogger("dev.nexo.pairing.config.LevelOfATest");
    Logger parent = Logger.getLogger("dev.nexo.pairing");
    Level before = parent.getLevel();
    logger.setLevel(Level.INFO);
    start();
    for (Map.Entry<String, Level> row :
        Map.of("debug", Level.FINE, "warning", Level.WARNING, "info", Level.INFO).entrySet()) {
      write(BEFORE + "  log: {level: " + row.getKey() + "}\n");
      look();
      assertThat(logger.getLevel()).isEqualTo(row.getValue());
      assertThat(parent.getLevel()).isEqualTo(row.getValue());
      assertThat(Logger.getLogger("dev.nexo").getLevel()).isNull();
    }
    write(BEFORE + "  log: {level: verbose}\n");
    look();
    assertThat(finding()).contains("pairing.log.level: expected warning, info or debug");
    write(BEFORE);
    look();
    assertThat(logger.getLevel()).isEqualTo(Level.INFO);
    assertThat(parent.getLevel()).isEqualTo(before);
  }

  @Test
  @DisplayName("Where the server hides debug lines, they are shown as information")
  void debugLines() {
    Logger logger = Logger.getLogger("dev.nexo.pairing.config.LevelOfATest");
    LogLevels levels = new LogLevels(true);
    try (LogCapture log = LogCapture.of("dev.nexo")) {
      levels.apply(Optional.of(Level.FINE));
      levels.apply(Optional.of(Level.FINE));
      logger.log(Level.FINE, "It fails: {0}", "a reason");
      logger.info("It works");
      levels.apply(Optional.of(Level.INFO));
      logger.fine("hidden");
      assertThat(log.lines("INFO: debug: It fails: a reason")).isEqualTo(1);
      assertThat(log.lines("It works")).isEqualTo(1);
      assertThat(log.text()).doesNotContain("hidden");
    } finally {
      levels.apply(Optional.empty());
    }
  }
}
