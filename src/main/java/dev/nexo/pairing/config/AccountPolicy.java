package dev.nexo.pairing.config;

import java.util.Set;

/**
 * The policy of one account ({@code protocol.md#policy}).
 *
 * @param autoChallenge whether strangers are challenged; false by default, as in Nexo: everyone is
 *     admitted who is not rejected, denied or blocked
 * @param silent whether a stranger's request is made without a reply to the stranger; false by
 *     default
 * @param challengesPerHour the maximum number of challenges within an hour, 0–100,000; 30 by
 *     default
 * @param pairGroups whether a message in an unknown group makes a request for the group, rather
 *     than being dropped; false by default
 * @param holdMessages how many first messages of a pending sender are held for delivery after the
 *     approval, 0–5; 0 by default
 * @param notifyRequester the outcomes of which a sender is notified; approval alone by default
 */
public record AccountPolicy(
    boolean autoChallenge,
    boolean silent,
    int challengesPerHour,
    boolean pairGroups,
    int holdMessages,
    Set<RequesterNotice> notifyRequester) {

  /** The policy if nothing is configured. */
  public static final AccountPolicy DEFAULT =
      new AccountPolicy(false, false, 30, false, 0, Set.of(RequesterNotice.APPROVED));

  /** The policy if nothing but {@code auto_challenge: true} is configured. */
  public static final AccountPolicy CHALLENGE = DEFAULT.withAutoChallenge(true);

  /** Copies the set. */
  public AccountPolicy {
    notifyRequester = Set.copyOf(notifyRequester);
  }

  /** Returns this policy with another value of {@link #autoChallenge}. */
  public AccountPolicy withAutoChallenge(boolean challenges) {
    return new AccountPolicy(
        challenges, silent, challengesPerHour, pairGroups, holdMessages, notifyRequester);
  }
}
