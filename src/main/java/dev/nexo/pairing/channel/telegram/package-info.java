/** The channel adapter of Telegram: sender ids and MarkdownV2 ({@code protocol.md#sender-ids}). */
package dev.nexo.pairing.channel.telegram;
