package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Hermes (Nous Research's hermes-agent): {@code <platform>-approved.json} under {@code pairing} or
 * {@code platforms/pairing} of its home, an object by user id. It has channels, but no accounts.
 * What each digits-only WhatsApp id is, is told by the bridge's files where they are there.
 */
final class HermesSource implements ImportSource {

  private static final String APPROVED = "-approved.json";
  private static final String PENDING = "-pending.json";
  private static final List<String> DIRECTORIES = List.of("platforms/pairing", "pairing");
  private static final List<String> SESSIONS =
      List.of("platforms/whatsapp/session", "whatsapp/session");

  @Override
  public String name() {
    return "hermes";
  }

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    boolean any = false;
    for (String directory : DIRECTORIES) {
      Path pairing = SourceFiles.below(path, directory);
      if (SourceFiles.isDirectory(pairing)) {
        any = true;
        read(path, pairing, findings);
      }
    }
    if (!any) {
      throw new CommandException(
          path + " has neither pairing nor platforms/pairing; name Hermes' home, like ~/.hermes");
    }
  }

  private static void read(Path home, Path directory, SourceContents findings) throws IOException {
    for (Path file : SourceFiles.in(directory, APPROVED)) {
      String name = SourceFiles.name(file);
      String platform = name.substring(0, name.length() - APPROVED.length());
      for (Map.Entry<String, JsonValue> user : SourceFiles.json(file, false).entrySet()) {
        take(home, name, platform, user, findings);
      }
    }
    for (Path file : SourceFiles.in(directory, PENDING)) {
      SourceFiles.json(file, false).keySet().forEach(one -> findings.count("pending"));
    }
  }

  private static void take(
      Path home,
      String file,
      String platform,
      Map.Entry<String, JsonValue> user,
      SourceContents findings) {
    String id = user.getKey();
    String sender = isLid(home, platform, id) ? id + "@lid" : id;
    if (PhoneDigits.isDoubtful(platform, sender)) {
      findings.refuse(file, id, PhoneDigits.REASON);
    } else {
      findings.found(file, platform, null, sender, note(user.getValue()));
    }
  }

  /** The bridge writes {@code lid-mapping-<lid>_reverse.json} for every LID it has met. */
  private static boolean isLid(Path home, String platform, String id) {
    return platform.equals("whatsapp")
        && id.chars().allMatch(c -> c >= '0' && c <= '9')
        && SESSIONS.stream()
            .map(
                session ->
                    SourceFiles.below(home, session + "/lid-mapping-" + id + "_reverse.json"))
            .anyMatch(SourceFiles::exists);
  }

  private static String note(JsonValue info) {
    if (!(info instanceof JsonObject object)) {
      return "from Hermes";
    }
    String name = Json.text(object, "user_name");
    String since = object.get("approved_at") instanceof JsonNumber time ? date(time) : "";
    return (name == null || name.isBlank() ? "from" : name.strip() + ", from") + " Hermes" + since;
  }

  private static String date(JsonNumber seconds) {
    try {
      return ", approved "
          + LocalDate.ofInstant(Instant.ofEpochSecond(seconds.longValue()), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return "";
    }
  }
}
