package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PrettyJson;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Prints the output of {@code nexo-companion}: aligned lines, or one JSON object per line. Removes
 * control characters from lines, because the code may come from an attacker. For one thread.
 */
final class Report {

  private final PrintStream out;
  private final boolean json;

  Report(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Prints a code. JSON contains the full token, because scripts need it. */
  void code(ScannedSetupCode code, Instant now) {
    Instant payloadEnd = code.code().expiresAt();
    if (json) {
      print(
          Json.object()
              .add("url", code.code().url())
              .add("bootstrap_token", code.code().bootstrapToken().value())
              .add("payload_expires_at", seconds(payloadEnd))
              .add("token_expires_at", seconds(code.tokenExpiresAt()))
              .add("payload_expired", code.payloadExpired(now))
              .add("token_expired", code.tokenExpired(now))
              .add("now", seconds(now))
              .build());
    } else {
      line("URL", code.code().url());
      line("Token", code.maskedToken());
      line("Code expires", time(payloadEnd, code.payloadExpired(now)));
      line("Token expires", time(code.tokenExpiresAt(), code.tokenExpired(now)));
      line("Now", Table.time(now.toString()));
    }
    // The exchange that follows may take seconds.
    out.flush();
  }

  private static String time(Instant end, boolean expired) {
    return Table.time(end.toString()) + (expired ? " (expired by this machine's clock)" : "");
  }

  /** Prints that the session was stored. */
  void paired(Path token) {
    if (json) {
      print(Json.object().add("paired", true).add("token_path", token.toString()).build());
    } else {
      out.println("Paired; the session token is in " + token);
    }
  }

  /** Prints that pairing failed, in JSON only; otherwise standard error has the message. */
  void notPaired(String error) {
    if (json) {
      print(Json.object().add("paired", false).add("error", TerminalText.of(error)).build());
    }
  }

  /** Prints the server's description of a session. */
  void session(String label, JsonObject session) {
    if (json) {
      print(withoutToken(session));
      return;
    }
    line("Label", label);
    line("Session", Json.text(session, "session_id"));
    line("Profile", Json.text(session, "profile"));
    line("Device", Json.text(session, "device_label"));
    line("Expires", Json.text(session, "expires_at"));
  }

  /** Prints a result. */
  void done(JsonObject answer, String line) {
    if (json) {
      print(withoutToken(answer));
    } else {
      out.println(TerminalText.of(line));
    }
  }

  private void print(JsonObject value) {
    new PrettyJson(out).print(value);
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static JsonObject withoutToken(JsonObject session) {
    return Json.PROVIDER.createObjectBuilder(session).remove("session_token").build();
  }

  private void line(String name, String value) {
    if (value != null) {
      out.println(String.format(Locale.ROOT, "%-13s : %s", name, TerminalText.of(value)));
    }
  }
}
