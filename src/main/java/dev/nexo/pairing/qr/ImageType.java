package dev.nexo.pairing.qr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The kind of a file that is no text with a setup code, recognized by its first bytes: images that
 * {@link QrReader} reads, and what people offer instead of them.
 */
public enum ImageType {
  /** W3C PNG, section 5.2. */
  PNG("a PNG image", "png", "\u0089PNG"),
  /** ITU-T T.81, annex B. */
  JPEG("a JPEG image", "jpeg", "\u00ff\u00d8\u00ff"),
  WEBP("a WebP image", null, "RIFF....WEBP"),
  GIF("a GIF image", null, "GIF8"),
  BMP("a BMP image", null, "BM....\0\0\0\0"),
  TIFF("a TIFF image", null, "II\\*\0|MM\0\\*|II\\+\0|MM\0\\+"),
  AVIF("an AVIF image", null, "....ftypavi[fs]"),
  HEIC("a HEIC image", null, "....ftyp(hei|hev|mif|msf)."),
  VIDEO("a video", null, "....ftyp|\u001aE\u00df\u00a3"),
  JPEG_XL("a JPEG XL image", null, "\u00ff\n|\0\0\0\fJXL "),
  JPEG_2000("a JPEG 2000 image", null, "\0\0\0\fjP  |\u00ffO\u00ffQ"),
  ICO("an ICO image", null, "\0\0[\u0001\u0002]\0"),
  SVG("an SVG image", null, "(\u00ef\u00bb\u00bf)?\\s*(<\\?xml.*)?(<!.*)?<svg\\b"),
  HTML("an HTML page", null, "(\u00ef\u00bb\u00bf)?\\s*<(!doctype html|html)"),
  PDF("a PDF document", null, "%PDF-"),
  ZIP("a ZIP archive", null, "PK(\u0003\u0004|\u0005\u0006)"),
  GZIP("a GZIP archive", null, "\u001f\u008b");

  /** How many bytes {@link #of} looks at. */
  private static final int HEAD = 512;

  private final String description;
  private final String imageIoName;
  private final Pattern start;

  ImageType(String description, String imageIoName, String start) {
    this.description = description;
    this.imageIoName = imageIoName;
    this.start = Pattern.compile("(" + start + ")", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  }

  /** Returns the type of a file with these bytes; empty if it is of none of these types. */
  public static Optional<ImageType> of(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(type -> type.start.matcher(head).lookingAt()).findFirst();
  }

  /** Returns whether {@link QrReader} reads this type. */
  public boolean isReadable() {
    return imageIoName != null;
  }

  /** Returns the type with its article, such as {@code a WebP image}. */
  public String description() {
    return description;
  }

  /** Returns the name for ImageIO, or null if the type is not read. */
  String imageIoName() {
    return imageIoName;
  }
}
