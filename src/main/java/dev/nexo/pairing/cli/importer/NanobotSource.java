package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
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

  private static final Set<String> FILES =
      words(
          """
          pairing.json config.json bridge cache cli cron history logs media memory sessions skills
          whatsapp-auth workspace
          """);

  private static final Set<String> PAIRING_KEYS = words("approved pending version");

  /** The members of {@code config.json}; only {@code channels} admits senders. */
  private static final Set<String> CONFIG_KEYS =
      words("$schema agents api channels cron gateway heartbeat mcp modelpresets providers tools");

  /** Members of {@code channels} that are not channels. */
  private static final Set<String> NO_CHANNELS =
      words(
          """
          extractdocumenttext sendmaxretries sendprogress sendtoolhints showreasoning
          transcriptionlanguage transcriptionprovider
          """);

  /** The members of a channel that do not admit senders to direct messages. */
  private static final Set<String> CHANNEL_KEYS =
      words(
          """
          accesstoken agentuserid allowroommentions appid appsecret apptoken autoreplyenabled baseurl
          botid bottoken bridgetoken bridgeurl clawtoken clientid clientsecret connectionpoolsize
          consentgranted deviceid domain doneemoji e2eeenabled enabled encryptkey fromaddress
          gatewayurl groupallowfrom grouppolicy groups homeserver imaphost imapmailbox imappassword
          imapport imapusername imapusessl inlinekeyboards intents markseen maxbodychars maxmediabytes
          mention mode msgformat name panels password pollintervalseconds pooltimeout proxy
          reactemoji replydelayms replydelaymode replyinthread replytomessage secret
          sessions smtphost smtppassword smtpport smtpusername smtpusessl smtpusetls
          socketpath socketurl streameditinterval streaming subjectprefix syncstopgraceseconds
          token topicisolation userid usertokenreadonly verificationtoken webhookpath
          welcomemessage workingemoji
          """);

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    Path pairing = path.resolve("pairing.json");
    Path config = path.resolve("config.json");
    if (!SourceFiles.exists(pairing) && !SourceFiles.exists(config)) {
      throw new CommandException(
          path + " has neither pairing.json nor config.json; name nanobot's home, like ~/.nanobot");
    }
    findings.unknownFiles("", path, FILES::contains);
    if (SourceFiles.exists(pairing)) {
      readPairing(SourceFiles.json(pairing), findings);
    }
    if (SourceFiles.exists(config)) {
      readConfig(SourceFiles.json(config), findings);
    }
  }

  private static void readPairing(JsonObject json, SourceContents findings) {
    findings.unknownKeys("pairing.json", json, PAIRING_KEYS::contains);
    JsonObject approved = findings.object("pairing.json", json, "approved");
    for (String channel : approved.keySet()) {
      take("pairing.json", channel, approved, channel, findings);
    }
    Json.object(json, "pending").keySet().forEach(code -> findings.count("pending"));
  }

  private static void readConfig(JsonObject json, SourceContents findings) {
    findings.unknownKeys("config.json", json, key -> CONFIG_KEYS.contains(plain(key)));
    JsonObject channels = findings.object("config.json", json, "channels");
    for (String channel : channels.keySet()) {
      if (NO_CHANNELS.contains(plain(channel))) {
        continue;
      }
      JsonObject settings = findings.object("config.json", channels, channel);
      String where = "config.json " + channel;
      String list = settings.containsKey("allowFrom") ? "allowFrom" : "allow_from";
      findings.unknownKeys(
          where, settings, key -> key.equals(list) || CHANNEL_KEYS.contains(plain(key)));
      take(where, channel, settings, list, findings);
    }
  }

  /** Returns a name without the difference of {@code groupPolicy} and {@code group_policy}. */
  private static String plain(String key) {
    return key.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static Set<String> words(String names) {
    return Set.of(names.strip().split("\\s+"));
  }

  private static void take(
      String where, String channel, JsonObject holder, String key, SourceContents findings) {
    findings.each(
        where,
        holder,
        key,
        (place, entry) -> {
          Matcher both = TELEGRAM.matcher(entry);
          String sender = channel.equals("telegram") && both.matches() ? both.group(1) : entry;
          findings.foundDigits(place, channel, null, entry, sender, "from nanobot");
        });
  }
}
