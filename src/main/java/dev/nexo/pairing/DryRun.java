package dev.nexo.pairing;

import java.util.List;

/**
 * What turning the policy on would do to some senders.
 *
 * @param admit canonical ids that would be admitted
 * @param challenge canonical ids that would be challenged
 * @param rejected ids, as given, that would be dropped: no adapter takes them, or they are denied
 *     or blocked
 */
public record DryRun(List<String> admit, List<String> challenge, List<String> rejected) {}
