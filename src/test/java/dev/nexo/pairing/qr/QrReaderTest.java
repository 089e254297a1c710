package dev.nexo.pairing.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("QR reader")
class QrReaderTest {

  private static final String TEXT = "eyJ1cmwiOiJ3c3M6Ly9uZXhvLmV4YW1wbGUuY29tL3BhaXIifQ".repeat(8);

  private static byte[] png(BufferedImage picture) throws IOException {
    return encoded(picture, "png");
  }

  private static byte[] encoded(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, out)).isTrue();
    return out.toByteArray();
  }

  private static BufferedImage drawn() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(QrCode.of(TEXT).png()));
  }

  /** A screenshot with a window on it that shows the code. */
  private static BufferedImage screenshot(int type) throws IOException {
    BufferedImage screen = new BufferedImage(1_400, 1_000, type);
    Graphics2D pen = screen.createGraphics();
    pen.setColor(new Color(40, 90, 160));
    pen.fillRect(0, 0, 1_400, 1_000);
    pen.drawImage(drawn(), 300, 120, 640, 640, null);
    pen.dispose();
    return screen;
  }

  private static BufferedImage inverted() throws IOException {
    BufferedImage picture = screenshot(BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, ~picture.getRGB(x, y));
      }
    }
    return picture;
  }

  /** Black modules on nothing at all, as design tools export them. */
  private static BufferedImage transparent() throws IOException {
    BufferedImage code = drawn();
    BufferedImage picture =
        new BufferedImage(code.getWidth(), code.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < code.getHeight(); y++) {
      for (int x = 0; x < code.getWidth(); x++) {
        picture.setRGB(x, y, (code.getRGB(x, y) & 1) == 0 ? 0xff000000 : 0);
      }
    }
    return picture;
  }

  @Test
  @DisplayName("A drawn code is read")
  void roundTrip() {
    assertThat(QrReader.read(QrCode.of(TEXT).png())).isEqualTo(TEXT);
    assertThat(QrReader.read(QrCode.of("grüße, 世界 📱").png())).isEqualTo("grüße, 世界 📱");
  }

  @Test
  @DisplayName("Screenshots of every color model are read")
  void colorModels() throws Exception {
    assertThat(QrReader.read(png(screenshot(BufferedImage.TYPE_INT_RGB)))).isEqualTo(TEXT);
    assertThat(QrReader.read(png(screenshot(BufferedImage.TYPE_INT_ARGB)))).isEqualTo(TEXT);
    assertThat(QrReader.read(png(screenshot(BufferedImage.TYPE_BYTE_GRAY)))).isEqualTo(TEXT);
    assertThat(QrReader.read(png(screenshot(BufferedImage.TYPE_USHORT_GRAY)))).isEqualTo(TEXT);
    assertThat(QrReader.read(png(inverted()))).isEqualTo(TEXT);
    assertThat(QrReader.read(png(transparent()))).isEqualTo(TEXT);
  }

  @Test
  @DisplayName("JPEG screenshots and photos are read")
  void jpeg() throws Exception {
    assertThat(QrReader.read(encoded(screenshot(BufferedImage.TYPE_INT_RGB), "jpeg")))
        .isEqualTo(TEXT);
    assertThat(QrReader.read(encoded(screenshot(BufferedImage.TYPE_BYTE_GRAY), "jpeg")))
        .isEqualTo(TEXT);
    assertThat(QrReader.read(encoded(inverted(), "jpeg"))).isEqualTo(TEXT);
    BufferedImage photo = new BufferedImage(1_400, 1_000, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = photo.createGraphics();
    pen.rotate(0.1, 700, 500);
    pen.drawImage(screenshot(BufferedImage.TYPE_INT_RGB), 0, 0, null);
    pen.dispose();
    assertThat(QrReader.read(encoded(photo, "jpeg"))).as("held askew").isEqualTo(TEXT);
  }

  private static byte[] header(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(33);
    png.put(Arrays.copyOf(QrCode.of("x").png(), 8)).putInt(13);
    byte[] chunk =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 6, 0, 0, 0})
            .array();
    CRC32 checksum = new CRC32();
    checksum.update(chunk);
    return png.put(chunk).putInt((int) checksum.getValue()).array();
  }

  static Stream<Arguments> hostile() throws IOException {
    byte[] good = QrCode.of(TEXT).png();
    byte[] bitten = good.clone();
    Arrays.fill(bitten, 60, 400, (byte) 0x55);
    byte[] noise = new byte[2_000];
    new Random(1).nextBytes(noise);
    System.arraycopy(good, 0, noise, 0, 8);
    return Stream.of(
        arguments(new byte[0], "no image", "nothing at all"),
        arguments("GIF89a".getBytes(StandardCharsets.US_ASCII), "is a GIF image", "another format"),
        arguments(Arrays.copyOf(encoded(drawn(), "jpeg"), 200), "corrupt", "a JPEG cut off"),
        arguments(new byte[QrReader.MAX_BYTES + 1], "8 MB", "too many bytes"),
        arguments(header(100_000, 100_000), "megapixels", "claims pixels for 40 GB"),
        arguments(header(Integer.MAX_VALUE, Integer.MAX_VALUE), "megapixels", "claims the most"),
        arguments(header(4_001, 4_000), "megapixels", "a row too many"),
        arguments(header(0, 0), "corrupt", "has no pixels"),
        arguments(header(-1, 5), "corrupt", "has less than no pixels"),
        arguments(header(400, 400), "corrupt", "ends behind its header"),
        arguments(Arrays.copyOf(good, good.length / 2), "corrupt", "is cut in half"),
        arguments(Arrays.copyOf(good, 8), "corrupt", "is a signature alone"),
        arguments(noise, "corrupt", "is noise behind the signature"),
        arguments(bitten, "corrupt", "has been overwritten"),
        arguments(
            png(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB)),
            "No QR code",
            "shows nothing"),
        arguments(
            png(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)), "No QR code", "is a dot"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("hostile")
  @DisplayName("Anything but a picture of a code is refused")
  void badPicture(byte[] png, String why, String what) {
    assertThatThrownBy(() -> QrReader.read(png))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  @DisplayName("Noise ends in the text or the documented exception")
  void noise() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 30; round++) {
      BufferedImage picture = drawn();
      for (int spot = 0; spot < 40; spot++) {
        Graphics2D pen = picture.createGraphics();
        pen.setColor(random.nextBoolean() ? Color.BLACK : Color.WHITE);
        pen.fillRect(random.nextInt(600), random.nextInt(600), 40, 40);
        pen.dispose();
      }
      try {
        assertThat(QrReader.read(png(picture))).isEqualTo(TEXT);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("No QR code");
      }
    }
  }
}
