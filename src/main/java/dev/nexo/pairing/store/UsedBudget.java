package dev.nexo.pairing.store;

import dev.nexo.pairing.ChannelAccount;
import java.time.Instant;

/**
 * An account that drops strangers because it has made as many challenges as it may within an hour.
 *
 * @param account the account
 * @param challenges the number of challenges within the hour
 * @param until when the hour ends
 */
public record UsedBudget(ChannelAccount account, int challenges, Instant until) {}
