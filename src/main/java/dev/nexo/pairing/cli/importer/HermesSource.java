package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Hermes (Nous Research's hermes-agent): {@code <platform>-approved.json} in {@code pairing} or
 * {@code platforms/pairing} of its home, an object by user id. It has channels, but no accounts.
 * The files of its WhatsApp bridge, if they exist, show which ids are LIDs.
 */
final class HermesSource implements ImportSource {

  private static final String APPROVED = "-approved.json";
  private static final String PENDING = "-pending.json";
  private static final List<String> DIRECTORIES = List.of("platforms/pairing", "pairing");
  private static final List<String> SESSIONS =
      List.of("platforms/whatsapp/session", "whatsapp/session");

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
      SourceFiles.json(file)
          .forEach(
              (id, info) -> {
                String sender = isLid(home, platform, id) ? id + "@lid" : id;
                findings.foundDigits(name, platform, id, sender, note(info));
              });
    }
    for (Path file : SourceFiles.in(directory, PENDING)) {
      SourceFiles.json(file).keySet().forEach(one -> findings.count("pending"));
    }
  }

  /** The bridge writes {@code lid-mapping-<lid>_reverse.json} for every LID that it knows. */
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
    String since =
        object.get("approved_at") instanceof JsonNumber time
            ? SourceContents.approvedOn(time.longValue())
            : "";
    return (name == null || name.isBlank() ? "from" : name.strip() + ", from") + " Hermes" + since;
  }
}
