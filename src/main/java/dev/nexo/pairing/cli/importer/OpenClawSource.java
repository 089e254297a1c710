package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * OpenClaw: the senders whom its pairing store and its configuration admit to direct messages. The
 * store is {@code state/openclaw.sqlite}; older versions used JSON files in {@code credentials},
 * which are ignored if there is a database.
 */
final class OpenClawSource implements ImportSource {

  private static final String NOTE = "from OpenClaw";
  private static final String GROUP = "accessgroup:";

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    Path database = SourceFiles.below(path, "state/openclaw.sqlite");
    Path credentials = SourceFiles.below(path, "credentials");
    boolean hasDatabase = SourceFiles.exists(database);
    boolean hasFiles = SourceFiles.isDirectory(credentials);
    if (!hasDatabase && !hasFiles && !SourceFiles.exists(path.resolve("openclaw.json"))) {
      throw new CommandException(
          path
              + " has neither state/openclaw.sqlite nor credentials nor openclaw.json; name"
              + " OpenClaw's directory, like ~/.openclaw");
    }
    OpenClawConfig config = OpenClawConfig.in(path, findings);
    config.senders(findings, sink(config, false, findings));
    findings.unknownFiles(
        "", path, name -> OpenClawKeys.isInDirectory(name) || config.isRead(name));
    OpenClawConfig.Sink stored = sink(config, true, findings);
    Path state = path.resolve("state");
    if (SourceFiles.isDirectory(state)) {
      findings.unknownFiles("state/", state, OpenClawKeys::isState);
    }
    boolean read = hasDatabase && readDatabase(database, findings, stored);
    if (hasFiles) {
      findings.unknownFiles("credentials/", credentials, OpenClawKeys::isCredential);
      OpenClawFiles files = new OpenClawFiles(credentials, config.channels());
      if (read) {
        passOver(files.files(), findings);
      } else {
        files.senders(findings, stored);
      }
    }
  }

  private static void passOver(List<Path> files, SourceContents findings) {
    files.forEach(
        file ->
            findings.refuse(
                SourceFiles.name(file),
                "the whole file",
                "OpenClaw uses its database and ignores this file; openclaw doctor --fix migrates"
                    + " it"));
  }

  /**
   * Returns a sink that accepts senders unless the configuration excludes them. Every policy except
   * {@code disabled} admits those on its lists; only {@code pairing} admits those of the pairing
   * store.
   */
  private static OpenClawConfig.Sink sink(
      OpenClawConfig config, boolean stored, SourceContents findings) {
    return (where, channel, account, entry) -> {
      String refusal = config.refusal(channel, account);
      String policy = config.policy(channel, account);
      if (refusal == null && stored && !policy.equals("pairing")) {
        refusal = "dmPolicy is " + policy + " in OpenClaw, so its approvals are not used";
      } else if (refusal == null && !OpenClawConfig.admitsListed(policy)) {
        refusal = "dmPolicy is " + policy + " in OpenClaw";
      } else if (refusal == null && entry.toLowerCase(Locale.ROOT).startsWith(GROUP)) {
        refusal = "it names a group; seed its members one by one";
      }
      String sender = bare(channel, entry.strip());
      if (refusal == null && config.hasOwnChat(channel, account, sender)) {
        refusal = "OpenClaw has settings for the direct chat with this sender; check them";
      }
      if (refusal == null) {
        String name = config.spelt(channel, account);
        findings.found(where, channel, name, sender, NOTE);
      } else {
        findings.refuse(where, entry, refusal);
      }
    };
  }

  /** Returns the sender without a prefix: its channel's, {@code tg:} or {@code user:}. */
  private static String bare(String channel, String entry) {
    int colon = entry.indexOf(':');
    String prefix = colon < 0 ? "" : entry.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean itself =
        prefix.equals(channel)
            || prefix.equals("user")
            || (prefix.equals("tg") && channel.equals("telegram"));
    return itself ? entry.substring(colon + 1).strip() : entry;
  }

  /** Reads the pairing store of the database, and returns whether it has one. */
  private static boolean readDatabase(Path path, SourceContents findings, OpenClawConfig.Sink taker)
      throws IOException {
    try (DatabaseCopy database = new DatabaseCopy(path, false)) {
      if (!database.hasTable("channel_pairing_allow_entries")) {
        return false;
      }
      database.each(
          "SELECT channel_key, account_id, entry FROM channel_pairing_allow_entries"
              + " ORDER BY channel_key, account_id, sort_order, entry",
          row ->
              taker.take(
                  SourceFiles.name(path), row.getString(1), row.getString(2), row.getString(3)));
      if (database.hasTable("channel_pairing_requests")) {
        database.each("SELECT 1 FROM channel_pairing_requests", row -> findings.count("pending"));
      }
      return true;
    }
  }
}
