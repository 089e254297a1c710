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
 * nanobot (HKUDS): the approved senders of {@code pairing.json}, and {@code
 * channels.<name>.allowFrom} (or {@code allow_from}) of {@code config.json}. It has channels, but
 * no accounts.
 */
final class NanobotSource implements ImportSource {

  /** A Telegram sender: the permanent id, and a user name, which another person may take later. */
  private static final Pattern TELEGRAM = Pattern.compile("([0-9]{1,20})\\|.*");

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    Path pairing = path.resolve("pairing.json");
    Path config = path.resolve("config.json");
    if (!SourceFiles.exists(pairing) && !SourceFiles.exists(config)) {
      throw new CommandException(
          path + " has neither pairing.json nor config.json; name nanobot's home, like ~/.nanobot");
    }
    if (SourceFiles.exists(pairing)) {
      JsonObject json = SourceFiles.json(pairing);
      JsonObject approved = Json.object(json, "approved");
      for (String channel : approved.keySet()) {
        take("pairing.json " + channel, channel, Json.array(approved, channel), findings);
      }
      Json.object(json, "pending").keySet().forEach(code -> findings.count("pending"));
    }
    if (SourceFiles.exists(config)) {
      JsonObject channels = Json.object(SourceFiles.json(config), "channels");
      for (String channel : channels.keySet()) {
        JsonObject settings = Json.object(channels, channel);
        String list = settings.containsKey("allowFrom") ? "allowFrom" : "allow_from";
        take("config.json " + channel, channel, Json.array(settings, list), findings);
      }
    }
  }

  private static void take(
      String where, String channel, List<JsonValue> list, SourceContents findings) {
    findings.each(
        where,
        list,
        (place, entry) -> {
          Matcher both = TELEGRAM.matcher(entry);
          String sender = channel.equals("telegram") && both.matches() ? both.group(1) : entry;
          findings.foundDigits(place, channel, entry, sender, "from nanobot");
        });
  }
}
