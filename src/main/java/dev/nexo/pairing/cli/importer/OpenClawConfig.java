package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The part of OpenClaw's {@code openclaw.json} that admits senders: {@code channels.<name>} with
 * {@code allowFrom} and {@code dmPolicy}, and the same per account, which has precedence.
 * Immutable.
 */
final class OpenClawConfig {

  private static final String FILE = "openclaw.json";
  private static final String DEFAULT_ACCOUNT = "default";
  private static final String DEFAULT_POLICY = "pairing";
  private static final String LIST = "allowFrom";
  private static final String DIRECT = "direct";
  private static final String DEFAULTS = "defaults";

  private static final Set<String> POLICIES = Set.of("pairing", "allowlist", "open");

  private static final int MAX_ACCOUNT = 64;
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9_-]+");
  private static final Pattern DASHES_AROUND = Pattern.compile("^-+|-+$");

  /** Receives OpenClaw's senders, with their place, perhaps with the channel as a prefix. */
  interface Sink {
    void take(String where, String channel, String account, String entry);
  }

  private final JsonObject config;
  private final JsonObject channels;
  private final OpenClawIncludes files;

  private OpenClawConfig(JsonObject config, OpenClawIncludes files) {
    this.config = config;
    this.channels = Json.object(config, "channels");
    this.files = files;
  }

  /**
   * Reads the configuration in a directory with the files that it includes; empty if there is none.
   *
   * @param findings receives the files and members that are not read
   * @throws CommandException if it cannot be read, because OpenClaw's policy is unknown then
   */
  static OpenClawConfig in(Path directory, SourceContents findings) throws IOException {
    OpenClawIncludes files = new OpenClawIncludes(directory, findings);
    if (!SourceFiles.exists(directory.resolve(FILE))) {
      return new OpenClawConfig(JsonValue.EMPTY_JSON_OBJECT, files);
    }
    if (!(files.read(FILE) instanceof JsonObject config)) {
      throw new CommandException(
          directory.resolve(FILE) + " is not a JSON object; fix it or move it away");
    }
    findings.unknownKeys(FILE, config, OpenClawKeys.ROOT::contains);
    return new OpenClawConfig(config, files);
  }

  /** Returns whether a name in the directory contains a file of the configuration. */
  boolean isRead(String name) {
    return files.isRead(name);
  }

  /** Returns the channels in the configuration. */
  Set<String> channels() {
    Set<String> names = new LinkedHashSet<>(channels.keySet());
    names.removeAll(OpenClawKeys.NO_CHANNELS);
    return names;
  }

  /** Returns the configuration's spelling of an account; the stores contain the normalised name. */
  String spelt(String channel, String account) {
    List<String> names = names(channel, account);
    return names.isEmpty() ? account : names.get(0);
  }

  /** Returns why the senders of an account are not imported, or null if they are. */
  String refusal(String channel, String account) {
    if (names(channel, account).size() > 1) {
      return "several names in " + FILE + " mean the same account; keep one of them";
    }
    JsonObject settings = Json.object(channels, channel);
    JsonObject own = Json.object(accounts(channel), spelt(channel, account));
    if (Stream.of(
            config,
            channels,
            settings,
            Json.object(settings, "dm"),
            accounts(channel),
            own,
            Json.object(own, "dm"))
        .anyMatch(object -> object.containsKey(OpenClawIncludes.INCLUDE))) {
      return "its settings in OpenClaw include a file that is not read";
    }
    if (isOff(settings)) {
      return "the channel is disabled in OpenClaw";
    }
    if (isOff(own)) {
      return "the account is disabled in OpenClaw";
    }
    boolean dmOff = isOff(Json.object(own.containsKey("dm") ? own : settings, "dm"));
    return dmOff ? "direct messages are disabled in OpenClaw" : null;
  }

  /**
   * Returns whether OpenClaw decides about a sender with settings for single direct chats. They can
   * also exclude a sender who is on a list.
   */
  boolean hasOwnChat(String channel, String account, String sender) {
    JsonObject own = Json.object(accounts(channel), spelt(channel, account));
    JsonObject holder = own.containsKey(DIRECT) ? own : Json.object(channels, channel);
    JsonObject chats = Json.object(holder, DIRECT);
    return Stream.of(sender, "*").anyMatch(chat -> decides(chats.get(chat)))
        || chats.containsKey(OpenClawIncludes.INCLUDE);
  }

  private static boolean decides(JsonValue chat) {
    return chat instanceof JsonObject settings
        && OpenClawKeys.CHAT_ACCESS.stream().anyMatch(settings::containsKey);
  }

  /** Reports the members of a channel or an account that are not read and could admit senders. */
  private static void reportUnread(String where, JsonObject settings, SourceContents findings) {
    findings.unknownKeys(where, settings, OpenClawKeys.CHANNEL::contains);
    JsonObject dm = findings.object(where, settings, "dm");
    findings.unknownKeys(where + " dm", dm, OpenClawKeys.DM::contains);
    findings
        .object(where, settings, DIRECT)
        .forEach(
            (chat, value) -> {
              if (decides(value) || chat.equals(OpenClawIncludes.INCLUDE)) {
                findings.refuse(
                    where + " " + DIRECT,
                    chat,
                    "settings of single chats are not read; seed the senders that they admit");
              }
            });
  }

  /** OpenClaw does not start with a value that is neither true nor false. */
  private static boolean isOff(JsonObject settings) {
    JsonValue enabled = settings.get("enabled");
    return enabled != null && enabled != JsonValue.TRUE;
  }

  private List<String> names(String channel, String account) {
    String same = normal(account);
    return accounts(channel).keySet().stream().filter(name -> normal(name).equals(same)).toList();
  }

  /** Returns an account's name as OpenClaw compares it ({@code normalizeAccountId}). */
  private static String normal(String account) {
    String name = account.strip().toLowerCase(Locale.ROOT);
    if (!PLAIN.matcher(name).matches()) {
      name = DASHES_AROUND.matcher(OTHERS.matcher(name).replaceAll("-")).replaceAll("");
      name = name.substring(0, Math.min(name.length(), MAX_ACCOUNT));
    }
    return name.isEmpty() ? DEFAULT_ACCOUNT : name;
  }

  /**
   * Returns the policy for direct messages: {@code pairing}, which also admits the senders of the
   * pairing store, or {@code allowlist}, {@code open}, {@code disabled}, which do not.
   */
  String policy(String channel, String account) {
    String own = policy(Json.object(accounts(channel), spelt(channel, account)));
    String shared = own == null ? policy(Json.object(channels, channel)) : own;
    return shared == null ? DEFAULT_POLICY : shared;
  }

  private static String policy(JsonObject settings) {
    JsonValue policy = settings.get("dmPolicy");
    if (policy == null) {
      policy = Json.object(settings, "dm").get("policy");
    }
    if (policy == null) {
      return null;
    }
    return policy instanceof JsonString text ? text.getString() : policy.toString();
  }

  /**
   * Returns whether a policy admits the senders on the lists. OpenClaw rejects unknown policies.
   */
  static boolean admitsListed(String policy) {
    return POLICIES.contains(policy);
  }

  /** Passes every sender on its lists to the sink, and reports members that are not known. */
  void senders(SourceContents findings, Sink taker) {
    JsonObject defaults = findings.object(FILE, channels, DEFAULTS);
    findings.unknownKeys(FILE + " " + DEFAULTS, defaults, OpenClawKeys.DEFAULTS::contains);
    for (String channel : channels()) {
      String place = FILE + " " + channel;
      JsonObject shared = findings.object(FILE, channels, channel);
      reportUnread(place, shared, findings);
      JsonObject accounts = findings.object(place, shared, "accounts");
      Set<String> names = new LinkedHashSet<>(accounts.keySet());
      names.remove(OpenClawIncludes.INCLUDE);
      if (names.isEmpty()) {
        names.add(DEFAULT_ACCOUNT);
      }
      for (String account : names) {
        JsonObject own = findings.object(place, accounts, account);
        String where = place + " " + account;
        reportUnread(where, own, findings);
        findings.each(
            where,
            holder(own).containsKey(LIST) ? holder(own) : holder(shared),
            LIST,
            (entryPlace, entry) -> taker.take(entryPlace, channel, account, entry));
      }
    }
  }

  /** Returns the object that contains the list, if there is one. */
  private static JsonObject holder(JsonObject settings) {
    return settings.containsKey(LIST) ? settings : Json.object(settings, "dm");
  }

  private JsonObject accounts(String channel) {
    return Json.object(Json.object(channels, channel), "accounts");
  }
}
