/** Draws QR codes (ISO/IEC 18004) for terminals, files and pages. The only user of ZXing. */
package dev.nexo.pairing.qr;
