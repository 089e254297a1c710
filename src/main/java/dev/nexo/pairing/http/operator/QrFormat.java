package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.qr.QrCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The forms a QR code comes in, by their names in {@code ?qr=}. */
enum QrFormat {
  /** Blocks for a terminal. */
  ANSI("text/plain;charset=UTF-8"),
  /** A picture to send. */
  PNG("image/png"),
  /** A drawing for a page. */
  SVG("image/svg+xml;charset=UTF-8");

  private final String type;

  QrFormat(String type) {
    this.type = type;
  }

  /** Returns the name in {@code ?qr=} and in the answer. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the media type of an answer in this form. */
  String type() {
    return type;
  }

  /** Returns the form of this name. */
  static Optional<QrFormat> parse(String name) {
    return Arrays.stream(values()).filter(form -> form.wireName().equals(name)).findFirst();
  }

  /**
   * A code in this form, as the whole body of an answer.
   *
   * @param inverted light on dark; of ANSI alone
   */
  byte[] body(QrCode code, boolean inverted) {
    return this == PNG ? code.png() : drawn(code, inverted).getBytes(StandardCharsets.UTF_8);
  }

  /** A code in this form as a text in JSON, PNG in base64 (RFC 4648, section 4). */
  String text(QrCode code, boolean inverted) {
    return this == PNG ? Base64.getEncoder().encodeToString(code.png()) : drawn(code, inverted);
  }

  private String drawn(QrCode code, boolean inverted) {
    return this == ANSI ? code.ansi(inverted) : code.svg();
  }
}
