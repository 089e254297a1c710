package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * nanobot (HKUDS): the approved of {@code pairing.json}, and {@code channels.<name>.allowFrom} of
 * {@code config.json}, either spelling. It has channels, but no accounts.
 */
final class NanobotSource implements ImportSource {

  /** How it calls people on Telegram: the id, which stays, and a name, which others may take. */
  private static final Pattern TELEGRAM = Pattern.compile("([0-9]{1,20})\\|.*");

  private static final String NOTE = "from nanobot";

  @Override
  public String name() {
    return "nanobot";
  }

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    Path pairing = path.resolve("pairing.json");
    Path config = path.resolve("config.json");
    if (!SourceFiles.exists(pairing) && !SourceFiles.exists(config)) {
      throw new CommandException(
          path + " has neither pairing.json nor config.json; name nanobot's home, like ~/.nanobot");
    }
    if (SourceFiles.exists(pairing)) {
      readPairing(SourceFiles.json(pairing, false), findings);
    }
    if (SourceFiles.exists(config)) {
      readConfig(SourceFiles.json(config, false), findings);
    }
  }

  private static void readPairing(JsonObject pairing, SourceContents findings) {
    JsonObject approved = JsonSenderLists.object(pairing, "approved");
    for (String channel : approved.keySet()) {
      take("pairing.json " + channel, channel, Json.array(approved, channel), findings);
    }
    JsonSenderLists.object(pairing, "pending").keySet().forEach(code -> findings.count("pending"));
  }

  private static void readConfig(JsonObject config, SourceContents findings) {
    JsonObject channels = JsonSenderLists.object(config, "channels");
    for (String channel : channels.keySet()) {
      JsonObject settings = JsonSenderLists.object(channels, channel);
      List<JsonValue> list = JsonSenderLists.first(settings, "allowFrom", "allow_from");
      if (list != null) {
        take("config.json " + channel, channel, list, findings);
      }
    }
  }

  private static void take(
      String where, String channel, List<JsonValue> list, SourceContents findings) {
    JsonSenderLists.each(
        where,
        list,
        findings,
        (place, entry) -> {
          Matcher both = TELEGRAM.matcher(entry);
          String sender = channel.equals("telegram") && both.matches() ? both.group(1) : entry;
          if (PhoneDigits.isDoubtful(channel, sender)) {
            findings.refuse(place, entry, PhoneDigits.REASON);
          } else {
            findings.found(place, channel, null, sender, NOTE);
          }
        });
  }
}
