package dev.nexo.pairing.config;

/**
 * Whether owners are notified of new requests in their chats and decide there.
 *
 * @param enabled {@code pairing.notify.owner_chat}; false by default
 */
public record OwnerChatSettings(boolean enabled) {}
