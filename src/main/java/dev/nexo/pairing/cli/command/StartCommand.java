package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PrettyJson;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import dev.nexo.pairing.platform.PrivateFile;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code start}: issues a setup code for a companion. */
@Command(
    name = "start",
    description = "Issue a setup code for a companion, as a QR code and as text to paste.",
    footer = {
      "",
      "Anyone holding this code can pair once, until it expires. --json prints no QR code.",
      "",
      "Examples:",
      "  nexo-pair start --for-device phone",
      "  nexo-pair start --public-url wss://nexo.example.com --ttl-secs 120 --qr-png code.png"
    })
public final class StartCommand extends PairSubcommand {

  /** The usual width of a terminal, in columns. */
  private static final int TERMINAL_COLUMNS = 80;

  private static final String SEED_LINE = "nexo-pair seed ";

  @Option(
      names = "--for-device",
      paramLabel = "<name>",
      description = "Device name, shown by nexo-pair sessions.")
  private String device;

  @Option(
      names = "--public-url",
      paramLabel = "<url>",
      description =
          "URL at which the companion reaches the server, for example wss://nexo.example.com.")
  private String publicUrl;

  @Option(
      names = "--qr-png",
      paramLabel = "<path>",
      description = "Also write the QR code to this file, readable only by you.")
  private Path png;

  @Option(
      names = "--ttl-secs",
      paramLabel = "<seconds>",
      description = "Lifetime in seconds (default: the server's setting).")
  private Long ttl;

  @Override
  public Integer call() {
    if (png != null && Files.isDirectory(png)) {
      throw new CommandException(png + " is a directory; name a file in it");
    }
    // Checks first that the file can be written, so that no code is issued in vain.
    try (PrivateFile draft = png == null ? null : PrivateFile.draft(png)) {
      JsonObject code = issue();
      if (draft != null) {
        draft.replaceTarget(Base64.getDecoder().decode(qr(code, "png")));
      }
      show(code);
      return DONE;
    } catch (IOException e) {
      throw new CommandException(
          png + " cannot be written (" + e.getClass().getSimpleName() + "); choose another path",
          e);
    } catch (ServerException e) {
      if (e.status() != 409 || e.remedies().isEmpty()) {
        throw e;
      }
      refused(e);
      return FAILED;
    }
  }

  private JsonObject issue() {
    JsonObjectBuilder body = Json.object();
    Json.add(body, "device_label", device);
    Json.add(body, "public_url", publicUrl);
    if (ttl != null) {
      body.add("ttl_secs", ttl);
    }
    String forms =
        (json() ? "" : "ansi") + (!json() && png != null ? "," : "") + (png == null ? "" : "png");
    return api()
        .post(
            Query.of("/setup-codes").with("qr", forms.isEmpty() ? null : forms).toString(),
            body.build(),
            "payload");
  }

  private static String qr(JsonObject code, String form) {
    return Json.object(code, "qr").getString(form, "");
  }

  private void show(JsonObject code) {
    if (json()) {
      new PrettyJson(out())
          .print(code, "bootstrap_token", "expires_at", "payload", "url", "url_source");
      return;
    }
    out().println("Pairing payload (scan or paste into companion):");
    String drawing = qr(code, "ansi");
    out().print(drawing);
    fact("Raw payload", Json.text(code, "payload"));
    fact(
        "URL        ", Json.text(code, "url") + " (source: " + Json.text(code, "url_source") + ")");
    fact("Expires at ", Json.text(code, "expires_at"));
    if (png != null) {
      fact("QR PNG     ", png.toString());
    }
    int columns = columns(drawing);
    if (columns > TERMINAL_COLUMNS) {
      err()
          .println(
              "nexo-pair: The QR code is "
                  + columns
                  + " columns wide. If your terminal is narrower, widen it and run this again, or add"
                  + " --qr-png code.png and open that file.");
    }
  }

  /** Returns the width of a drawing: the characters of its first line without escape sequences. */
  private static int columns(String drawing) {
    String line = drawing.lines().findFirst().orElse("").replaceAll("\u001b\\[[0-9;]*m", "");
    return line.codePointCount(0, line.length());
  }

  /** Prints the remedies in Nexo's order: seeding first, then the settings. */
  private void refused(ServerException fault) {
    err().println("nexo-pair: " + TerminalText.of(fault.getMessage()));
    fault.remedies().stream()
        .sorted(Comparator.comparing(line -> !line.startsWith(SEED_LINE)))
        .forEach(line -> err().println("  " + TerminalText.of(line)));
  }
}
