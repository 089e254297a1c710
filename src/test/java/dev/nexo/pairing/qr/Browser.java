package dev.nexo.pairing.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** Shows the little of SVG that QR codes are drawn in. */
final class Browser {

  private static final int UNIT = 6;
  private static final Pattern BOX = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1H(\\d+)z");

  private Browser() {}

  /** The picture of a drawing; fails where it has anything but a square and a path of boxes. */
  static BufferedImage show(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Element root =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(root.getAttribute("shape-rendering")).isEqualTo("crispEdges");
    assertThat(root.getChildNodes().getLength()).isEqualTo(2);
    Element square = (Element) root.getFirstChild();
    Element path = (Element) root.getLastChild();
    assertThat(square.getTagName()).isEqualTo("rect");
    assertThat(path.getTagName()).isEqualTo("path");

    String[] box = root.getAttribute("viewBox").split(" ");
    int size = Integer.parseInt(box[2]);
    assertThat(box).containsExactly("0", "0", box[2], box[2]);
    BufferedImage page = new BufferedImage(size * UNIT, size * UNIT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = page.createGraphics();
    pen.setColor(Color.decode(square.getAttribute("fill").replaceAll("[0-9a-f]", "$0$0")));
    pen.fillRect(0, 0, page.getWidth(), page.getHeight());
    pen.setColor(Color.decode(path.getAttribute("fill").replaceAll("[0-9a-f]", "$0$0")));
    draw(pen, path.getAttribute("d"));
    pen.dispose();
    return page;
  }

  private static void draw(Graphics2D pen, String boxes) {
    Matcher box = BOX.matcher(boxes);
    int end = 0;
    while (box.find()) {
      assertThat(box.start()).isEqualTo(end);
      assertThat(box.group(4)).isEqualTo(box.group(1));
      pen.fillRect(
          UNIT * Integer.parseInt(box.group(1)),
          UNIT * Integer.parseInt(box.group(2)),
          UNIT * Integer.parseInt(box.group(3)),
          UNIT);
      end = box.end();
    }
    assertThat(end).isEqualTo(boxes.length());
  }
}
