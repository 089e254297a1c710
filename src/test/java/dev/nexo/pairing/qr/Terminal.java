package dev.nexo.pairing.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows what a terminal of 256 colours shows. Its own colours are ones no QR code has. */
final class Terminal {

  private static final int HALF = 8;
  private static final Pattern LINE =
      Pattern.compile("\u001b\\[38;5;(\\d+);48;5;(\\d+)m([ ▀▄█]*)\u001b\\[0m");
  private static final Map<String, Color> COLOURS = Map.of("16", Color.BLACK, "231", Color.WHITE);

  private Terminal() {}

  /** The picture of some lines; fails where a line is not coloured from its start to its end. */
  static BufferedImage show(String text) {
    assertThat(text).endsWith("\n");
    String[] lines = text.split("\n");
    int columns = line(lines[0]).group(3).length();
    BufferedImage screen =
        new BufferedImage(columns * HALF, lines.length * 2 * HALF, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = screen.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, screen.getWidth(), screen.getHeight());
    for (int y = 0; y < lines.length; y++) {
      Matcher line = line(lines[y]);
      assertThat(line.group(3)).hasSize(columns);
      for (int x = 0; x < columns; x++) {
        char c = line.group(3).charAt(x);
        Color ink = COLOURS.get(line.group(1));
        Color paper = COLOURS.get(line.group(2));
        pen.setColor(c == '▀' || c == '█' ? ink : paper);
        pen.fillRect(x * HALF, 2 * y * HALF, HALF, HALF);
        pen.setColor(c == '▄' || c == '█' ? ink : paper);
        pen.fillRect(x * HALF, (2 * y + 1) * HALF, HALF, HALF);
      }
    }
    pen.dispose();
    return screen;
  }

  private static Matcher line(String line) {
    Matcher matcher = LINE.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher;
  }
}
