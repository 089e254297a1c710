package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say what a sender is to the operator. */
final class RoleOptions {

  /** The value that removes an idle time or an expiry. */
  static final String NEVER = "never";

  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([hd])");

  @Option(
      names = "--role",
      paramLabel = "<role>",
      completionCandidates = KnownWords.Roles.class,
      description = "owner, member or guest. An owner may approve others.")
  private String role;

  @Option(
      names = "--label",
      paramLabel = "<label>",
      description = "Label for the bot, of a-z, 0-9, _ and -. May be repeated.")
  private List<String> labels;

  @Option(
      names = "--idle",
      paramLabel = "<time>",
      description = "End the access after this time without a message, for example 30d or 12h.")
  private String idle;

  /** Adds the given options to a request body. An empty label removes all labels. */
  void addTo(JsonObjectBuilder body) {
    if (role != null) {
      body.add("role", role().wireName());
    }
    if (labels != null) {
      JsonArrayBuilder array = Json.PROVIDER.createArrayBuilder();
      labels.stream().filter(label -> !label.isEmpty()).forEach(array::add);
      body.add("labels", array);
    }
    if (NEVER.equals(idle)) {
      body.addNull("idle_secs");
    } else if (idle != null) {
      body.add("idle_secs", time("--idle", idle).toSeconds());
    }
  }

  /** Returns the options as the terms of new rows. */
  AllowTerms terms(MembersOption members) {
    return new AllowTerms(
        null,
        null,
        role(),
        labels == null ? List.of() : labels,
        idle == null || idle.equals(NEVER) ? null : time("--idle", idle),
        members.approvedOnly());
  }

  private Role role() {
    return role == null
        ? Role.MEMBER
        : Role.find(role.toLowerCase(Locale.ROOT))
            .orElseThrow(() -> new CommandException("--role must be owner, member or guest"));
  }

  /**
   * Parses a number of hours or days.
   *
   * @throws CommandException naming the option, if the text is neither
   */
  static Duration time(String option, String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new CommandException(
          option + " must be a number of days or hours, for example 30d or 12h");
    }
    long number = Long.parseLong(time.group(1));
    return time.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }
}
