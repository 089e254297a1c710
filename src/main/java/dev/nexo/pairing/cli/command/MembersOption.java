package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The option that says whose messages are admitted in a group. */
final class MembersOption {

  @Option(
      names = "--members",
      paramLabel = "<members>",
      completionCandidates = KnownWords.Members.class,
      description =
          "For a group: all, or approved to admit only members who are approved themselves (default:"
              + " all).")
  private String members;

  /** Adds the option to a request body if it is given. */
  void addTo(JsonObjectBuilder body) {
    Json.add(body, "members", value());
  }

  /** Returns whether only approved members are admitted. */
  boolean approvedOnly() {
    return "approved".equals(value());
  }

  private String value() {
    String value = members == null ? null : members.toLowerCase(Locale.ROOT);
    if (value != null && !value.equals("all") && !value.equals("approved")) {
      throw new CommandException("--members must be all or approved");
    }
    return value;
  }
}
