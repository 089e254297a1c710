/**
 * Texts as QR codes (ISO/IEC 18004), for terminals, files and pages. A room of its own because it
 * is the only one that needs ZXing, and only ZXing's encoder: drawing takes less code than the
 * library for it.
 */
package dev.nexo.pairing.qr;
