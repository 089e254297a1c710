/** WhatsApp: sender ids ({@code protocol.md#sender-ids}). */
package dev.nexo.pairing.channel.whatsapp;
