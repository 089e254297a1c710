package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.qr.QrCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** A form of a QR code in a response, named in {@code ?qr=}. */
enum QrFormat {
  /** Block characters for a terminal. */
  ANSI("text/plain;charset=UTF-8"),
  /** A bitmap image. */
  PNG("image/png"),
  /** A vector image for web pages. */
  SVG("image/svg+xml;charset=UTF-8");

  private final String type;

  QrFormat(String type) {
    this.type = type;
  }

  /** Returns the name in {@code ?qr=} and in the response. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the media type of a response in this form. */
  String type() {
    return type;
  }

  /** Returns the form of this name. */
  static Optional<QrFormat> parse(String name) {
    return Arrays.stream(values()).filter(form -> form.wireName().equals(name)).findFirst();
  }

  /**
   * Returns a code in this form, as the whole body of a response.
   *
   * @param inverted whether to draw light on dark; only for ANSI
   */
  byte[] body(QrCode code, boolean inverted) {
    return this == PNG ? code.png() : drawn(code, inverted).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a code in this form as a JSON string, PNG in base64 (RFC 4648, section 4). */
  String text(QrCode code, boolean inverted) {
    return this == PNG ? Base64.getEncoder().encodeToString(code.png()) : drawn(code, inverted);
  }

  private String drawn(QrCode code, boolean inverted) {
    return this == ANSI ? code.ansi(inverted) : code.svg();
  }
}
