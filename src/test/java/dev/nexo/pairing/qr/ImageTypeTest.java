package dev.nexo.pairing.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Image type")
class ImageTypeTest {

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("\u0089PNG\r\n\u001a\n\0\0", ImageType.PNG),
        arguments("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF", ImageType.JPEG),
        arguments("\u00ff\u00d8\u00ff\u00e1\u0012\u0034Exif", ImageType.JPEG),
        arguments("RIFF\u001a\u0005\0\0WEBPVP8 ", ImageType.WEBP),
        arguments("RIFF\n\n\0\0WEBPVP8L", ImageType.WEBP),
        arguments("GIF87a\u0001\0", ImageType.GIF),
        arguments("GIF89a\u0001\0", ImageType.GIF),
        arguments("BM\u0036\u000c\0\0\0\0\0\0", ImageType.BMP),
        arguments("II*\0\b\0", ImageType.TIFF),
        arguments("MM\0*\0\0", ImageType.TIFF),
        arguments("\0\0\0\u0018ftypheic\0\0", ImageType.HEIC),
        arguments("\0\0\0\u0018ftypmif1\0\0", ImageType.HEIC),
        arguments("\0\0\0\u001cftypavif\0\0", ImageType.AVIF),
        arguments("\0\0\0\u0020ftypisom\0\0", ImageType.VIDEO),
        arguments("\u00ff\n\u0001", ImageType.JPEG_XL),
        arguments("\0\0\0\fJXL \r\n", ImageType.JPEG_XL),
        arguments("\0\0\0\fjP  \r\n", ImageType.JPEG_2000),
        arguments("\0\0\u0001\0\u0001", ImageType.ICO),
        arguments("<?xml version=\"1.0\"?>\n<svg width=\"1\"", ImageType.SVG),
        arguments("<svg xmlns=", ImageType.SVG),
        arguments("<!DOCTYPE html><html>", ImageType.HTML),
        arguments("\r\n<html lang", ImageType.HTML),
        arguments("%PDF-1.7\n", ImageType.PDF),
        arguments("PK\u0003\u0004", ImageType.ZIP),
        arguments("\u001f\u008b\b", ImageType.GZIP),
        arguments("eyJ1cmwiOiJ3c3M6Ly9uZXhvLmV4YW1wbGUuY29tL3BhaXIifQ", null),
        arguments("\u00ef\u00bb\u00bfeyJ1cmwi", null),
        arguments("\u00ff\u00fee\0y\0", null),
        arguments("BMeyJ1cmwiOiJ3c3M6", null),
        arguments("RIFF", null),
        arguments("", null));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("files")
  @DisplayName("A file is recognized by its first bytes")
  void recognized(String head, ImageType type) {
    assertThat(ImageType.of(head.getBytes(StandardCharsets.ISO_8859_1)).orElse(null))
        .isEqualTo(type);
  }
}
