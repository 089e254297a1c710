package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Query;
import picocli.CommandLine.Option;

/** The two options that limit a list to a channel or an account. */
final class FilterOptions {

  @Option(
      names = "--channel",
      paramLabel = "<channel>",
      description = "Only this channel, for example whatsapp.")
  String channel;

  @Option(names = "--account", paramLabel = "<account>", description = "Only this account.")
  String account;

  /** Returns a query with the options. */
  Query of(String path) {
    return Query.of(path).with("channel", channel).with("account_id", account);
  }
}
