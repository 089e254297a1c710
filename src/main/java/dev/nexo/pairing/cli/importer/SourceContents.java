package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.cli.terminal.CommandException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in a source: who is to be imported, what is not and why, and what was only
 * counted. What the operator said about channel and account is applied here, for every source
 * alike: it fills in what the source leaves open, and where the source says something else the
 * sender is passed over. For one thread.
 */
final class SourceContents {

  /** How many senders are taken from one source. */
  static final int MAX_CANDIDATES = 1_000_000;

  private static final String PASSED_OVER = "of another channel or account";

  private final String channel;
  private final String accountId;
  private final Instant now;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<RejectedCandidate> refusals = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /**
   * Nothing found yet.
   *
   * @param channel the channel the operator named, or null
   * @param accountId the account the operator named, or null
   * @param now what has expired by then is not imported
   */
  SourceContents(String channel, String accountId, Instant now) {
    this.channel = channel;
    this.accountId = accountId;
    this.now = now;
  }

  /** Somebody who is admitted there, for good. */
  void found(String where, String foundChannel, String foundAccount, String sender, String note) {
    found(where, foundChannel, foundAccount, sender, note, null);
  }

  /**
   * Somebody who is admitted there.
   *
   * @param foundChannel the channel as the source has it, or null where it does not say
   * @param foundAccount the account as the source has it, or null where it does not say
   * @param note what to remember, or null; cut where it is too long
   * @param expiresAt when it ends, or null
   */
  void found(
      String where,
      String foundChannel,
      String foundAccount,
      String sender,
      String note,
      Instant expiresAt) {
    if (isOther(channel, foundChannel) || isOther(accountId, foundAccount)) {
      count(PASSED_OVER);
      return;
    }
    if (sender.strip().equals("*")) {
      refuse(where, "*", "it stands for everybody; leave the account's policy off for that");
      return;
    }
    if (!SenderKey.isSender(sender.strip())) {
      refuse(where, sender, "a sender has 1 to 256 characters, none of them a control character");
      return;
    }
    if (expiresAt != null && !now.isBefore(expiresAt)) {
      refuse(where, sender, "the admission ended at " + expiresAt);
      return;
    }
    ChannelAccount account = account(where, sender, foundChannel, foundAccount);
    if (account != null) {
      candidates.add(new Candidate(where, account, sender.strip(), cut(note), expiresAt));
    }
    if (candidates.size() > MAX_CANDIDATES) {
      throw new CommandException(
          "More than 1,000,000 senders; narrow it with --channel and --account");
    }
  }

  private ChannelAccount account(
      String where, String sender, String foundChannel, String foundAccount) {
    String onChannel = foundChannel == null ? channel : foundChannel;
    if (onChannel == null) {
      refuse(where, sender, "no channel is named; name it there, or with --channel");
      return null;
    }
    try {
      return ChannelAccount.of(onChannel, foundAccount == null ? accountId : foundAccount);
    } catch (InvalidValueException e) {
      refuse(where, sender, e.getMessage());
      return null;
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
    // Half a surrogate pair has no UTF-8.
    boolean halves =
        end > 0 && end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1));
    return clean.substring(0, halves ? end - 1 : end);
  }

  /** Something that is not imported, for a reason of its own. */
  void refuse(String where, String what, String reason) {
    refusals.add(new RejectedCandidate(where, what, reason));
  }

  /** One more of what is not imported as a matter of course, like {@code pending}. */
  void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /** Who is to be imported. */
  List<Candidate> candidates() {
    return candidates;
  }

  /** What is not, each with its reason. */
  List<RejectedCandidate> refusals() {
    return refusals;
  }

  /** How many were only counted, by kind. */
  Map<String, Integer> counts() {
    return counts;
  }
}
