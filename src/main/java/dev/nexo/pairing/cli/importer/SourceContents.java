package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The contents of a source: the senders to import, the refused entries with their reasons, and the
 * counts of other entries. Applies the operator's channel and account to every source: they fill in
 * what the source leaves open, and senders of another channel or account are skipped. For one
 * thread.
 */
final class SourceContents {

  private static final int MAX_CANDIDATES = 1_000_000;
  private static final String SKIPPED = "of another channel or account";

  /** Longer than nearly every phone number (ITU-T E.164 ends at 15), and as long as LIDs are. */
  private static final Pattern AMBIGUOUS_DIGITS = Pattern.compile("[0-9]{14,}");

  private static final Pattern BYSTANDERS =
      Pattern.compile(
          "\\.DS_Store|Thumbs\\.db|desktop\\.ini|\\.git.*|.*\\.(lock|log|pid|tmp|sock)");

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,40}");

  private final String channel;
  private final String accountId;
  private final Instant now;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<RejectedCandidate> refusals = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /**
   * Creates empty contents.
   *
   * @param channel the operator's channel, or null
   * @param accountId the operator's account, or null
   * @param now senders who have expired by then are not imported
   */
  SourceContents(String channel, String accountId, Instant now) {
    this.channel = channel;
    this.accountId = accountId;
    this.now = now;
  }

  /** Returns whether the operator has named this account. */
  boolean isFor(String account) {
    return account.equals(accountId);
  }

  /** Adds a sender who is admitted in the source without an expiry. */
  void found(String where, String foundChannel, String foundAccount, String sender, String note) {
    found(where, foundChannel, foundAccount, sender, note, null);
  }

  /**
   * Adds a sender who is admitted in the source.
   *
   * @param foundChannel the channel in the source, or null
   * @param foundAccount the account in the source, or null
   * @param note the note, or null; cut if it is too long
   * @param expiresAt when the admission ends, or null
   */
  void found(
      String where,
      String foundChannel,
      String foundAccount,
      String sender,
      String note,
      Instant expiresAt) {
    if (isOther(channel, foundChannel) || isOther(accountId, foundAccount)) {
      count(SKIPPED);
      return;
    }
    if (sender.strip().equals("*")) {
      refuse(where, "*", "it means everyone; to admit everyone, keep the account's policy off");
      return;
    }
    if (!SenderKey.isSender(sender.strip())) {
      refuse(where, sender, "a sender has 1 to 256 characters, none of them a control character");
      return;
    }
    if (Placeholder.matches(sender)) {
      refuse(where, sender, Placeholder.REASON);
      return;
    }
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      refuse(where, sender, "it expired at " + expiresAt);
      return;
    }
    String onChannel = foundChannel == null ? channel : foundChannel;
    if (onChannel == null) {
      refuse(where, sender, "no channel is given; add it to the source, or use --channel");
      return;
    }
    try {
      ChannelAccount account =
          ChannelAccount.of(onChannel, foundAccount == null ? accountId : foundAccount);
      candidates.add(new Candidate(where, account, sender.strip(), cut(note), expiresAt));
    } catch (InvalidValueException e) {
      refuse(where, sender, e.getMessage());
    }
    if (candidates.size() > MAX_CANDIDATES) {
      throw new CommandException(
          "More than 1,000,000 senders; select some with --channel and --account");
    }
  }

  /**
   * Adds a sender of a system that stores WhatsApp senders as digits only. Refuses digits that may
   * be a phone number or a LID: read as the wrong one, they would admit another person.
   *
   * @param foundAccount the account in the source, or null
   * @param entry the entry in the source
   * @param sender the sender in it
   */
  void foundDigits(
      String where,
      String foundChannel,
      String foundAccount,
      String entry,
      String sender,
      String note) {
    if (foundChannel.equals("whatsapp") && AMBIGUOUS_DIGITS.matcher(sender).matches()) {
      refuse(
          where,
          entry,
          "it may be a LID or a phone number; seed it as <digits>@lid or" + " +<digits>");
    } else {
      found(where, foundChannel, foundAccount, sender, note);
    }
  }

  /** Passes each entry of a member to a consumer; reports a member that is not a list. */
  void each(String where, JsonObject object, String key, BiConsumer<String, String> taker) {
    if (object.get(key) instanceof JsonArray list) {
      each(where, list, taker);
    } else if (object.containsKey(key)) {
      refuse(where + " " + key, object.get(key).toString(), "it is not a list");
    }
  }

  /**
   * Passes each entry of a list to a consumer as a string, with its place. Accepts whole numbers,
   * because people type ids as numbers; refuses everything else.
   */
  void each(String where, List<JsonValue> list, BiConsumer<String, String> taker) {
    int entry = 0;
    for (JsonValue value : list) {
      entry++;
      String place = where + " entry " + entry;
      if (value instanceof JsonString text) {
        taker.accept(place, text.getString());
      } else if (value instanceof JsonNumber number && WHOLE.matcher(number.toString()).matches()) {
        taker.accept(place, number.toString());
      } else {
        refuse(place, value.toString(), "it is not a string");
      }
    }
  }

  /** Returns a suffix of a note with a date, from Unix time in seconds; empty if out of range. */
  static String approvedOn(long seconds) {
    try {
      return ", approved " + LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return "";
    }
  }

  private static boolean isOther(String wanted, String found) {
    return wanted != null && found != null && !wanted.equals(found);
  }

  private static String cut(String note) {
    if (note == null || note.isBlank()) {
      return null;
    }
    String clean = note.strip().replace("\0", "");
    int end = Math.min(clean.length(), AllowTerms.MAX_NOTE);
    // Half a surrogate pair cannot be encoded in UTF-8.
    boolean halves =
        end > 0 && end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1));
    return clean.substring(0, halves ? end - 1 : end);
  }

  /** Returns an object of an object, or an empty one; reports a member that is not an object. */
  JsonObject object(String where, JsonObject holder, String key) {
    if (holder.containsKey(key) && !(holder.get(key) instanceof JsonObject)) {
      refuse(where + " " + key, holder.get(key).toString(), "it is not an object");
    }
    return Json.object(holder, key);
  }

  /**
   * Reports the members of an object that the importer does not know, because they could admit
   * senders.
   *
   * @param known whether a member is read, or known not to admit anybody
   */
  void unknownKeys(String where, JsonObject object, Predicate<String> known) {
    for (String key : object.keySet()) {
      if (!known.test(key)) {
        refuse(where, "the key " + key, "it is not known here; seed the senders that it admits");
      }
    }
  }

  /**
   * Reports the files and directories that the importer does not know, because they could admit
   * senders. Finder, Git and editors leave files that are known.
   *
   * @param known whether a name is read, or known not to admit anybody
   */
  void unknownFiles(String where, Path directory, Predicate<String> known) throws IOException {
    for (Path file : SourceFiles.in(directory, "")) {
      String name = file.getFileName().toString();
      if (!known.test(name) && !BYSTANDERS.matcher(name).matches()) {
        refuse(where + name, "the file", "it is not known here; seed the senders that it admits");
      }
    }
  }

  /** Adds an entry that is not imported. */
  void refuse(String where, String what, String reason) {
    refusals.add(new RejectedCandidate(where, what, reason));
  }

  /** Counts an entry of a kind that is never imported, like {@code pending}. */
  void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /** Returns the senders to import. */
  List<Candidate> candidates() {
    return candidates;
  }

  /** Returns the entries that are not imported. */
  List<RejectedCandidate> refusals() {
    return refusals;
  }

  /** Returns the numbers of counted entries, by kind. */
  Map<String, Integer> counts() {
    return counts;
  }
}
