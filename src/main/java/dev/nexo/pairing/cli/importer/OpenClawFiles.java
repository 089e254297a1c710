package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * OpenClaw's pairing store before it had a database: {@code <channel>-allowFrom.json} for the
 * default account and {@code <channel>-<account>-allowFrom.json} in {@code credentials}. Channel
 * and account may both contain {@code -}.
 */
final class OpenClawFiles {

  private static final String ALLOW = "-allowFrom.json";
  private static final String PENDING = "-pairing.json";

  /** The channels with pairing according to OpenClaw (docs/channels/pairing.md, 2026.9.6). */
  private static final List<String> CHANNELS =
      List.of(
          ("discord feishu googlechat imessage irc line matrix mattermost msteams nextcloud-talk"
                  + " nostr signal slack sms synology-chat telegram twitch whatsapp zalo zalouser")
              .split(" "));

  private final Path directory;
  private final Set<String> channels = new TreeSet<>(CHANNELS);

  /** Opens the store in a directory; the configuration names some channels. */
  OpenClawFiles(Path directory, Set<String> configured) throws IOException {
    this.directory = directory;
    channels.addAll(configured);
    for (Path file : SourceFiles.in(directory, PENDING)) {
      channels.add(stem(file, PENDING));
    }
  }

  private static String stem(Path file, String suffix) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - suffix.length());
  }

  /** Returns the files with admitted senders. */
  List<Path> files() throws IOException {
    return SourceFiles.in(directory, ALLOW);
  }

  /** Passes every sender to the sink, and counts pending requests. */
  void senders(SourceContents findings, OpenClawConfig.Sink taker) throws IOException {
    for (Path file : files()) {
      String name = SourceFiles.name(file);
      String[] place = place(stem(file, ALLOW));
      if (place.length == 0) {
        findings.refuse(
            name, "the whole file", "its name does not identify one channel and account");
        continue;
      }
      JsonObject json = SourceFiles.json(file);
      findings.unknownKeys(name, json, Set.of("version", "allowFrom")::contains);
      findings.each(
          name, json, "allowFrom", (where, entry) -> taker.take(where, place[0], place[1], entry));
    }
    for (Path file : SourceFiles.in(directory, PENDING)) {
      Json.array(SourceFiles.json(file), "requests").forEach(request -> findings.count("pending"));
    }
  }

  /** Returns the channel and account in a file name; empty if it is ambiguous or unknown. */
  private String[] place(String stem) {
    if (channels.contains(stem)) {
      return new String[] {stem, "default"};
    }
    List<String> possible =
        channels.stream().filter(channel -> stem.startsWith(channel + "-")).toList();
    return possible.size() == 1
        ? new String[] {possible.get(0), stem.substring(possible.get(0).length() + 1)}
        : new String[0];
  }
}
