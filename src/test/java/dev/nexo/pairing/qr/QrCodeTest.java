package dev.nexo.pairing.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.zxing.ReaderException;
import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("QR code")
class QrCodeTest {

  private static final int WHITE = 0xffffffff;

  /** Texts of the form of setup codes. */
  private static String payload(int length) {
    Random random = new Random(length);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return random
        .ints(length, 0, alphabet.length())
        .collect(
            StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
        .toString();
  }

  private static BufferedImage picture(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments(payload(1), "the shortest"),
        arguments(payload(100), "a short one"),
        arguments(payload(400), "a setup code"),
        arguments(payload(1_200), "a long one"),
        arguments(payload(2_000), "the longest"),
        arguments("grüße, 世界 📱", "not ASCII"),
        arguments("é", "in Latin-1, but read as UTF-8"),
        arguments("é".repeat(1_000), "the longest, not ASCII"),
        arguments(payload(330), "the last with level M"),
        arguments(payload(425), "the last with a whole quiet zone in 80 columns"),
        arguments(payload(426), "the first with a narrower quiet zone in 80 columns"),
        arguments(payload(520), "the last that fits 80 columns"),
        arguments("é".repeat(165), "the last with level M, not ASCII"),
        arguments("0123456789", "digits, which take less space"),
        arguments("wss://nexo.example.com/pair?a=b&c=<\">'", "what SVG would have to escape"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("texts")
  @DisplayName("Every format decodes to the text")
  void formats(String text, String what) throws Exception {
    QrCode code = QrCode.of(text);

    assertThat(Scanner.read(picture(code.png()))).as("PNG").isEqualTo(text);
    assertThat(Scanner.read(Terminal.show(code.ansi(false)))).as("ANSI").isEqualTo(text);
    assertThat(Scanner.readInverted(Terminal.show(code.ansi(true))))
        .as("ANSI, inverted")
        .isEqualTo(text);
    assertThat(Scanner.read(Browser.show(code.svg()))).as("SVG").isEqualTo(text);
  }

  @Test
  @DisplayName("An inverted code is not readable without inversion")
  void inverted() {
    BufferedImage inverted = Terminal.show(QrCode.of("x").ansi(true));

    assertThatThrownBy(() -> Scanner.read(inverted)).isInstanceOf(ReaderException.class);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("texts")
  @DisplayName("Every format has a quiet zone of four modules")
  void quietZone(String text, String what) throws Exception {
    QrCode code = QrCode.of(text);

    BufferedImage png = picture(code.png());
    int modules = modules(code);
    assertThat(darkBox(png)).isEqualTo(quiet(png.getWidth() / modules, modules));
    BufferedImage terminal = Terminal.show(code.ansi(false));
    if (terminal.getWidth() / 8 == modules) {
      assertThat(darkBox(terminal)).isEqualTo(quiet(8, modules));
    } else {
      assertThat(columns(code)).as("narrower only to fit").isEqualTo(79);
    }
    assertThat(darkBox(Browser.show(code.svg()))).isEqualTo(quiet(6, modules));
  }

  private static int columns(QrCode code) {
    return Terminal.show(code.ansi(false)).getWidth() / 8;
  }

  private static int modules(QrCode code) {
    Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(code.svg());
    assertThat(box.find()).isTrue();
    return Integer.parseInt(box.group(1));
  }

  /** The finder patterns are in three corners, so the dark modules reach all four sides. */
  private static String quiet(int scale, int modules) {
    return 4 * scale + " to " + (modules - 4) * scale;
  }

  private static String darkBox(BufferedImage picture) {
    int first = Integer.MAX_VALUE;
    int end = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if (picture.getRGB(x, y) != WHITE) {
          first = Math.min(first, Math.min(x, y));
          end = Math.max(end, Math.max(x, y) + 1);
        }
      }
    }
    return first + " to " + end;
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("texts")
  @DisplayName("A PNG is 400 to 1600 pixels wide and has one bit per pixel")
  void pngSize(String text, String what) throws IOException {
    BufferedImage png = picture(QrCode.of(text).png());

    assertThat(png.getWidth()).isBetween(400, 1_600).isEqualTo(png.getHeight());
    assertThat(png.getColorModel().getPixelSize()).isEqualTo(1);
  }

  @Test
  @DisplayName("The PNG of a setup code is at most 1536 bytes")
  void pngBytes() {
    for (int seed = 0; seed < 20; seed++) {
      String text = payload(400 + seed).substring(seed);
      assertThat(text).hasSize(400);
      assertThat(QrCode.of(text).png()).hasSizeLessThanOrEqualTo(1_536);
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "330, 77, level M",
    "400, 77, level L",
    "425, 77, the last with a whole quiet zone",
    "426, 79, with three columns of quiet zone",
    "458, 79, the last of them",
    "459, 79, with one column of quiet zone",
    "520, 79, the last of them",
    "521, 89, too wide for 80 columns and drawn with its whole quiet zone"
  })
  @DisplayName("A setup code fits a terminal of 80 columns, and can be read on a dark one")
  void terminalWidth(int length, int width, String why) throws Exception {
    QrCode code = QrCode.of(payload(length));
    assertThat(columns(code)).isEqualTo(width);
    BufferedImage drawing = Terminal.show(code.ansi(false));
    BufferedImage dark =
        new BufferedImage(
            drawing.getWidth() + 200, drawing.getHeight() + 200, BufferedImage.TYPE_INT_RGB);
    dark.getGraphics().drawImage(drawing, 100, 100, null);
    assertThat(Scanner.read(dark)).isEqualTo(payload(length));
    assertThat(columns(QrCode.of("é".repeat(165)))).isEqualTo(77);
  }

  @ParameterizedTest(name = "{1} for {0}")
  @CsvSource({
    "ws://192.168.178.20:9080/pair, phone",
    "wss://nexo.example.com/pair, Living room tablet (2nd)",
    "wss://random-words-here-abcd.trycloudflare.com/pair, Ana's phone",
    "wss://pairing.internal.my-company.example/nexo/pair, the caretaker's tablet in the hall"
  })
  @DisplayName("The setup code of an ordinary URL and label fits 80 columns")
  void ordinaryCodes(String url, String label) {
    Instant end = Instant.parse("2026-11-01T12:01:00Z");
    BootstrapToken token =
        BootstrapTokens.sign(
            new SigningKey(new byte[SigningKey.LENGTH]),
            "companion-v1",
            end,
            "00112233445566778899aabbccddeeff",
            label);
    String payload = SetupCodes.encode(new SetupCode(url, token, end));
    assertThat(columns(QrCode.of(payload))).as(payload.length() + " bytes").isLessThan(80);
  }

  @Test
  @DisplayName("An SVG has no script and no external reference")
  void svgSafety() {
    assertThat(QrCode.of(payload(400)).svg().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "href", "url(", "<script", "<!", "<?");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(null, "nothing at all"),
        arguments("", "no text"),
        arguments("s".repeat(2_001), "a byte too much"),
        arguments("é".repeat(1_001), "few characters, but too many bytes"),
        arguments("s\ud800s", "half a surrogate pair"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refused")
  @DisplayName("Other texts are refused, and the message does not repeat them")
  void badText(String text, String why) {
    assertThatThrownBy(() -> QrCode.of(text))
        .as(why)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A QR code requires 1 to 2000 bytes of UTF-8 text");
  }

  @Test
  @DisplayName("The string representation does not contain the text")
  void redacted() {
    assertThat(QrCode.of("open-sesame").toString()).doesNotContain("sesame");
  }
}
