package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.ChannelAccount;
import java.time.Instant;

/**
 * A sender as a source has it.
 *
 * @param where the place it was found at, for people: a file's name and an entry or a line
 * @param account on which account of which channel
 * @param senderId the sender as it stands there, not canonical yet
 * @param note what to remember of it, or null
 * @param expiresAt when the admission ends, or null for never
 */
record Candidate(
    String where, ChannelAccount account, String senderId, String note, Instant expiresAt) {}
