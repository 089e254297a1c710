package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.CredentialsFile;
import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.FileAccess;
import dev.nexo.pairing.cli.terminal.ForbiddenFileException;
import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Checks what the server cannot see: this machine's clock and the modes of this user's files. */
final class LocalChecks {

  /** Setup codes are valid for a minute; if a clock differs by more, they may show as expired. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private LocalChecks() {}

  /**
   * Runs the checks.
   *
   * @param remedy returns what to do if this user may not use a file, or null
   */
  static List<CheckRow> all(
      Api api, CliContext around, Function<ForbiddenFileException, String> remedy) {
    List<CheckRow> checks = new ArrayList<>();
    Instant server = api.serverTime();
    if (server != null) {
      checks.add(clock(Duration.between(server, around.clock().instant())));
    }
    Path home = around.nexoHome();
    mode(checks, "credentials", CredentialsFile.path(home), "600", remedy);
    if (api.login().server().isLoopback()) {
      mode(checks, "secrets", home.resolve("secret"), "700", remedy);
    }
    return checks;
  }

  private static CheckRow clock(Duration ahead) {
    // The header has whole seconds, and the response took some time.
    long seconds = ahead.toSeconds();
    String text =
        seconds == 0
            ? "The clocks of this machine and the server agree"
            : "This machine's clock is "
                + Math.abs(seconds)
                + " s "
                + (seconds > 0 ? "ahead of" : "behind")
                + " the server's";
    return ahead.abs().compareTo(TOLERANCE) > 0
        ? new CheckRow(
            "clock",
            CheckRow.WARNING,
            text,
            "Synchronize both clocks with NTP. Run: timedatectl set-ntp true")
        : new CheckRow("clock", CheckRow.OK, text, null);
  }

  private static void mode(
      List<CheckRow> checks,
      String name,
      Path path,
      String right,
      Function<ForbiddenFileException, String> remedy) {
    try {
      if (!PrivateFile.isPosix(path) || !FileAccess.exists(path)) {
        return;
      }
      String mode = PrivateFile.modeOpenToOthers(path).orElse(null);
      checks.add(
          mode == null
              ? new CheckRow(name, CheckRow.OK, path + " is accessible only to its owner", null)
              : new CheckRow(
                  name,
                  CheckRow.FAULT,
                  path + " is accessible to other users (" + mode + ")",
                  "Run: chmod " + right + " '" + path + "'"));
    } catch (ForbiddenFileException e) {
      checks.add(new CheckRow(name, CheckRow.WARNING, e.getMessage(), remedy.apply(e)));
    } catch (IOException e) {
      checks.add(new CheckRow(name, CheckRow.WARNING, path + " cannot be checked", null));
    }
  }
}
