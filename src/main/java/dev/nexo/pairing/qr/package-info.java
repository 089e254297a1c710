/** QR codes (ISO/IEC 18004) for terminals, files and pages; the only package that uses ZXing. */
package dev.nexo.pairing.qr;
