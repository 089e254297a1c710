package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * OpenClaw: whom its pairing store and its configuration let write to it in direct messages. The
 * store is {@code state/openclaw.sqlite}, or JSON files under {@code credentials} before that; a
 * version with the database looks at the files no more, and neither does this.
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
    OpenClawConfig config = OpenClawConfig.in(path);
    config.senders(findings, listed(config, findings));
    boolean read = hasDatabase && readDatabase(database, findings, stored(config, findings));
    if (hasFiles) {
      OpenClawFiles files = new OpenClawFiles(credentials, config.channels());
      if (read) {
        passOver(files.files(), findings);
      } else {
        files.senders(findings, stored(config, findings));
      }
    }
  }

  private static void passOver(List<Path> files, SourceContents findings) {
    files.forEach(
        file ->
            findings.refuse(
                SourceFiles.name(file),
                "all of it",
                "OpenClaw has a database and looks at this file no more; openclaw doctor --fix"
                    + " takes it over"));
  }

  /** Takes senders on the lists of the configuration, which every policy but one admits. */
  private static OpenClawConfig.Sink listed(OpenClawConfig config, SourceContents findings) {
    return (where, channel, account, entry) -> {
      String refusal = config.refusal(channel, account);
      if (refusal != null) {
        findings.refuse(where, entry, refusal);
      } else if (config.policy(channel, account).equals("disabled")) {
        findings.refuse(where, entry, "dmPolicy is disabled there");
      } else {
        found(findings, where, channel, account, entry);
      }
    };
  }

  /** Takes senders of the pairing store, which one policy only admits. */
  private static OpenClawConfig.Sink stored(OpenClawConfig config, SourceContents findings) {
    return (where, channel, account, entry) -> {
      String refusal = config.refusal(channel, account);
      String policy = config.policy(channel, account);
      if (refusal != null) {
        findings.refuse(where, entry, refusal);
      } else if (policy.equals("pairing")) {
        found(findings, where, channel, config.spelt(channel, account), entry);
      } else {
        findings.refuse(where, entry, "dmPolicy is " + policy + " there, approvals do not count");
      }
    };
  }

  private static void found(
      SourceContents findings, String where, String channel, String account, String entry) {
    if (entry.toLowerCase(Locale.ROOT).startsWith(GROUP)) {
      findings.refuse(where, entry, "it names a group; seed its members one by one");
    } else {
      findings.found(where, channel, account, bare(channel, entry.strip()), NOTE);
    }
  }

  /** Its lists may say {@code telegram:123} or {@code tg:123} for {@code 123}. */
  private static String bare(String channel, String entry) {
    int colon = entry.indexOf(':');
    String prefix = colon < 0 ? "" : entry.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean itself = prefix.equals(channel) || (prefix.equals("tg") && channel.equals("telegram"));
    return itself ? entry.substring(colon + 1).strip() : entry;
  }

  /** Whether the database has a pairing store; its rows are taken then. */
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
