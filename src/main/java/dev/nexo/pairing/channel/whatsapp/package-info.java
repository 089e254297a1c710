/**
 * The channel adapter of WhatsApp: sender ids and phone numbers ({@code protocol.md#sender-ids}).
 */
package dev.nexo.pairing.channel.whatsapp;
