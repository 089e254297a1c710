package dev.nexo.pairing;

import java.util.List;

/**
 * The predicted decisions for some senders if the policy were on.
 *
 * @param admit the senders that would be admitted, in canonical form
 * @param challenge the senders that would be challenged, in canonical form
 * @param rejected the ids, as given, that would be dropped: the adapter rejects them, the senders
 *     are denied or blocked, or they are groups, which are never challenged
 */
public record DryRun(List<String> admit, List<String> challenge, List<String> rejected) {}
