/**
 * Tells owners of new requests in their own chats, and executes what they decide there ({@code
 * protocol.md#owner-chat}).
 */
package dev.nexo.pairing.notice.chat;
