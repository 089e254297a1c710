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
 * The part of OpenClaw's {@code openclaw.json} that admits senders: {@code channels.<name>} with
 * {@code allowFrom} and {@code dmPolicy}, and the same per account, which has precedence.
 * Immutable.
 */
final class OpenClawConfig {

  private static final String FILE = "openclaw.json";
  private static final String DEFAULT_ACCOUNT = "default";
  private static final String DEFAULT_POLICY = "pairing";
  private static final int MAX_ACCOUNT = 64;
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9_-]+");
  private static final Pattern DASHES_AROUND = Pattern.compile("^-+|-+$");

  /** Receives OpenClaw's senders, with their place, perhaps with the channel as a prefix. */
  interface Sink {
    void take(String where, String channel, String account, String entry);
  }

  private final JsonObject channels;

  private OpenClawConfig(JsonObject channels) {
    this.channels = channels;
  }

  /**
   * Reads the configuration in a directory; empty if there is none.
   *
   * @throws CommandException if it cannot be read, because OpenClaw's policy is unknown then
   */
  static OpenClawConfig in(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!SourceFiles.exists(file)) {
      return new OpenClawConfig(JsonValue.EMPTY_JSON_OBJECT);
    }
    JsonObject config =
        SourceFiles.tryJson(file)
            .orElseThrow(
                () ->
                    new CommandException(
                        file
                            + " is not plain JSON; copy the directory, remove the comments or the"
                            + " file from the copy, and import the copy"));
    return new OpenClawConfig(Json.object(config, "channels"));
  }

  /** Returns the channels in the configuration. */
  Set<String> channels() {
    return channels.keySet();
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
    if (isOff(Json.object(channels, channel))) {
      return "the channel is disabled in OpenClaw";
    }
    return isOff(Json.object(accounts(channel), spelt(channel, account)))
        ? "the account is disabled in OpenClaw"
        : null;
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
    String policy = Json.text(settings, "dmPolicy");
    return policy == null ? Json.text(Json.object(settings, "dm"), "policy") : policy;
  }

  /** Passes every sender on its lists to the sink. */
  void senders(SourceContents findings, Sink taker) {
    for (String channel : channels.keySet()) {
      JsonObject shared = Json.object(channels, channel);
      JsonObject accounts = accounts(channel);
      Set<String> names = accounts.isEmpty() ? Set.of(DEFAULT_ACCOUNT) : accounts.keySet();
      for (String account : names) {
        List<JsonValue> own = list(Json.object(accounts, account));
        List<JsonValue> list = own == null ? list(shared) : own;
        if (list != null) {
          String where = FILE + " " + channel + " " + account;
          findings.each(where, list, (place, entry) -> taker.take(place, channel, account, entry));
        }
      }
    }
  }

  private static List<JsonValue> list(JsonObject settings) {
    JsonObject holder = settings.containsKey("allowFrom") ? settings : Json.object(settings, "dm");
    return holder.containsKey("allowFrom") ? Json.array(holder, "allowFrom") : null;
  }

  private JsonObject accounts(String channel) {
    return Json.object(Json.object(channels, channel), "accounts");
  }
}
