/** How Telegram writes its senders, and its MarkdownV2 (contract, section 5). */
package dev.nexo.pairing.channel.telegram;
