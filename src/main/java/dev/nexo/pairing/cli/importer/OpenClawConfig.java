package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * OpenClaw's {@code openclaw.json}, as far as it says who may write: {@code channels.<name>} with
 * {@code allowFrom} and {@code dmPolicy}, and the same per account, which wins. Immutable.
 */
final class OpenClawConfig {

  private static final String FILE = "openclaw.json";
  private static final String DEFAULT_ACCOUNT = "default";
  private static final String DEFAULT_POLICY = "pairing";
  private static final int MAX_ACCOUNT = 64;
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9_-]+");
  private static final Pattern DASHES_AROUND = Pattern.compile("^-+|-+$");

  private final JsonObject channels;

  private OpenClawConfig(JsonObject channels) {
    this.channels = channels;
  }

  /**
   * The configuration in that directory, empty where there is none.
   *
   * @throws CommandException where it cannot be read: nobody knows then whom OpenClaw lets in
   */
  static OpenClawConfig in(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!SourceFiles.exists(file)) {
      return new OpenClawConfig(JsonValue.EMPTY_JSON_OBJECT);
    }
    JsonObject config =
        SourceFiles.tryJson(file, false)
            .orElseThrow(
                () ->
                    new CommandException(
                        file
                            + " is not plain JSON; take the comments out in a copy of the directory"
                            + " and import that, or one without the file"));
    return new OpenClawConfig(JsonSenderLists.object(config, "channels"));
  }

  /** The channels it names. */
  Set<String> channels() {
    return channels.keySet();
  }

  /** An account as it is spelt here, where it is; the stores have it as OpenClaw normalises it. */
  String spelt(String channel, String account) {
    List<String> names = names(channel, account);
    return names.isEmpty() ? account : names.get(0);
  }

  /** Why nothing of that account counts, or null where it does. */
  String refusal(String channel, String account) {
    if (names(channel, account).size() > 1) {
      return "several accounts in " + FILE + " are the same one there; leave one of them";
    }
    if (isOff(JsonSenderLists.object(channels, channel))) {
      return "the channel is off there";
    }
    return isOff(JsonSenderLists.object(accounts(channel), spelt(channel, account)))
        ? "the account is off there"
        : null;
  }

  /** What is neither on nor off stops OpenClaw itself. */
  private static boolean isOff(JsonObject settings) {
    JsonValue enabled = settings.get("enabled");
    return enabled != null && enabled != JsonValue.TRUE;
  }

  private List<String> names(String channel, String account) {
    String same = normal(account);
    return accounts(channel).keySet().stream().filter(name -> normal(name).equals(same)).toList();
  }

  /** An account's name as OpenClaw compares it ({@code normalizeAccountId}). */
  private static String normal(String account) {
    String name = account.strip().toLowerCase(Locale.ROOT);
    if (!PLAIN.matcher(name).matches()) {
      name = DASHES_AROUND.matcher(OTHERS.matcher(name).replaceAll("-")).replaceAll("");
      name = name.substring(0, Math.min(name.length(), MAX_ACCOUNT));
    }
    return name.isEmpty() ? DEFAULT_ACCOUNT : name;
  }

  /**
   * The policy for direct messages: {@code pairing}, which goes by the pairing store as well, or
   * {@code allowlist}, {@code open}, {@code disabled}, which do not.
   */
  String policy(String channel, String account) {
    String own = policy(JsonSenderLists.object(accounts(channel), spelt(channel, account)));
    String shared = own == null ? policy(JsonSenderLists.object(channels, channel)) : own;
    return shared == null ? DEFAULT_POLICY : shared;
  }

  private static String policy(JsonObject settings) {
    String policy = Json.text(settings, "dmPolicy");
    return policy == null ? Json.text(JsonSenderLists.object(settings, "dm"), "policy") : policy;
  }

  /** Gives every sender on its lists to the taker. */
  void senders(SourceContents findings, OpenClawSink taker) {
    for (String channel : channels.keySet()) {
      JsonObject shared = JsonSenderLists.object(channels, channel);
      JsonObject accounts = accounts(channel);
      Set<String> names = accounts.isEmpty() ? Set.of(DEFAULT_ACCOUNT) : accounts.keySet();
      for (String account : names) {
        List<JsonValue> own = list(JsonSenderLists.object(accounts, account));
        List<JsonValue> list = own == null ? list(shared) : own;
        if (list != null) {
          String where = FILE + " " + channel + " " + account;
          JsonSenderLists.each(
              where, list, findings, (place, entry) -> taker.take(place, channel, account, entry));
        }
      }
    }
  }

  private static List<JsonValue> list(JsonObject settings) {
    List<JsonValue> list = JsonSenderLists.first(settings, "allowFrom");
    return list == null
        ? JsonSenderLists.first(JsonSenderLists.object(settings, "dm"), "allowFrom")
        : list;
  }

  private JsonObject accounts(String channel) {
    return JsonSenderLists.object(JsonSenderLists.object(channels, channel), "accounts");
  }
}
