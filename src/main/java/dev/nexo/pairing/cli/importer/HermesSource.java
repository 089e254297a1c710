package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hermes (Nous Research's hermes-agent): {@code <platform>-approved.json} in {@code pairing} or
 * {@code platforms/pairing} of its home, an object by user id. It has channels, but no accounts. A
 * profile is a home of its own, with a bot of its own, and its name is the account. The files of
 * its WhatsApp bridge, if they exist, show which ids are LIDs.
 */
final class HermesSource implements ImportSource {

  private static final String APPROVED = "-approved.json";
  private static final String PENDING = "-pending.json";
  private static final List<String> DIRECTORIES = List.of("platforms/pairing", "pairing");
  private static final String PROFILES = "profiles";
  private static final Set<String> PLATFORMS = Set.of("pairing", "whatsapp");

  /** The files in which an operator may list senders, too. */
  private static final List<String> SETTINGS = List.of(".env", "config.yaml", "gateway.json");

  /** A name that sets a list of senders, in any of these files. */
  private static final Pattern LIST =
      Pattern.compile(
          "(?<![\\w.-])([\\w.-]{0,64}allow[\\w.-]{0,64})[\"']?\\s*[=:]", Pattern.CASE_INSENSITIVE);

  /** What a home contains; nothing else of it admits senders. */
  private static final Set<String> FILES =
      Set.of(
          ("pairing platforms whatsapp .env config.yaml gateway.json auth.json SOUL.md USER.md"
                  + " MEMORY.md memories skills cron sessions logs state.db state.db-wal"
                  + " state.db-shm hooks plugins skins cache checkpoints sandboxes bin node"
                  + " hermes-agent image_cache audio_cache document_cache video_cache"
                  + " browser_screenshots active_profile gateway_state.json gateway.pid"
                  + " processes.json channel_directory.json models_dev_cache.json"
                  + " sticker_cache.json response_store.db kanban.db webhook_subscriptions.json"
                  + " .update_check .hermes_history home workspace plans backups migration")
              .split(" "));

  private static final List<String> SESSIONS =
      List.of("platforms/whatsapp/session", "whatsapp/session");

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    Path profiles = SourceFiles.below(path, PROFILES);
    List<Path> homes = new ArrayList<>();
    if (SourceFiles.isDirectory(profiles)) {
      for (Path file : SourceFiles.in(profiles, "")) {
        Path profile = SourceFiles.below(profiles, file.getFileName().toString());
        if (SourceFiles.isDirectory(profile)) {
          homes.add(profile);
        }
      }
      findings.unknownFiles(
          PROFILES + "/", profiles, name -> SourceFiles.isDirectory(profiles.resolve(name)));
    }
    // If a profile has the operator's account, the bot of Hermes' own home is another one.
    String own =
        homes.stream().map(HermesSource::account).anyMatch(findings::isFor)
            ? ChannelAccount.DEFAULT_ACCOUNT
            : null;
    boolean any = readHome(path, List.of(path), own, "", findings);
    for (Path profile : homes) {
      String where = PROFILES + "/" + SourceFiles.name(profile) + "/";
      any |= readHome(profile, List.of(profile, path), account(profile), where, findings);
    }
    if (!any) {
      throw new CommandException(
          path
              + " has neither pairing nor platforms/pairing nor profiles with one of them; name"
              + " Hermes' home, like ~/.hermes");
    }
  }

  private static String account(Path profile) {
    return profile.getFileName().toString();
  }

  /**
   * Reads a home, which is Hermes' own or a profile's.
   *
   * @param homes where the bridge's files may be
   * @param account the account of its bot, or null if it is open
   */
  private static boolean readHome(
      Path home, List<Path> homes, String account, String where, SourceContents findings)
      throws IOException {
    boolean any = false;
    for (String directory : DIRECTORIES) {
      Path pairing = SourceFiles.below(home, directory);
      if (SourceFiles.isDirectory(pairing)) {
        any = true;
        read(homes, pairing, account, where, findings);
        findings.unknownFiles(where + directory + "/", pairing, HermesSource::isPairing);
      }
    }
    Path platforms = SourceFiles.below(home, "platforms");
    if (SourceFiles.isDirectory(platforms)) {
      findings.unknownFiles(where + "platforms/", platforms, PLATFORMS::contains);
    }
    findings.unknownFiles(
        where, home, name -> FILES.contains(name) || where.isEmpty() && name.equals(PROFILES));
    for (String file : SETTINGS) {
      Path settings = SourceFiles.below(home, file);
      if (SourceFiles.exists(settings)) {
        reportLists(where + file, settings, findings);
      }
    }
    return any;
  }

  private static boolean isPairing(String name) {
    return name.endsWith(APPROVED) || name.endsWith(PENDING) || name.equals("_rate_limits.json");
  }

  /** Reports the lists of senders in a file with other settings; never its values. */
  private static void reportLists(String where, Path file, SourceContents findings)
      throws IOException {
    Set<String> names = new TreeSet<>();
    new String(SourceFiles.bytes(file, false), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.stripLeading().startsWith("#"))
        .map(LIST::matcher)
        .flatMap(Matcher::results)
        .forEach(list -> names.add(list.group(1)));
    names.forEach(
        name ->
            findings.refuse(
                where, "the list " + name, "it is not read; seed the senders that it admits"));
  }

  private static void read(
      List<Path> homes, Path directory, String account, String where, SourceContents findings)
      throws IOException {
    for (Path file : SourceFiles.in(directory, APPROVED)) {
      String name = where + SourceFiles.name(file);
      String stem = file.getFileName().toString();
      String platform = stem.substring(0, stem.length() - APPROVED.length());
      SourceFiles.json(file)
          .forEach(
              (id, info) -> {
                String sender = isLid(homes, platform, id) ? id + "@lid" : id;
                findings.foundDigits(name, platform, account, id, sender, note(info));
              });
    }
    for (Path file : SourceFiles.in(directory, PENDING)) {
      SourceFiles.json(file).keySet().forEach(one -> findings.count("pending"));
    }
  }

  /** The bridge writes {@code lid-mapping-<lid>_reverse.json} for every LID that it knows. */
  private static boolean isLid(List<Path> homes, String platform, String id) {
    String file = "/lid-mapping-" + id + "_reverse.json";
    return platform.equals("whatsapp")
        && id.chars().allMatch(c -> c >= '0' && c <= '9')
        && homes.stream()
            .flatMap(home -> SESSIONS.stream().map(one -> SourceFiles.below(home, one + file)))
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
