/** How WhatsApp writes its senders (contract, section 5). */
package dev.nexo.pairing.channel.whatsapp;
