package dev.nexo.pairing;

/**
 * One sender to be put into allow-from.
 *
 * @param senderId the sender, in whatever form the channel has it
 * @param note the operator's own words, or null
 */
public record SeedEntry(String senderId, String note) {}
