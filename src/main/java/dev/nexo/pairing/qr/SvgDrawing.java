package dev.nexo.pairing.qr;

/** Draws as SVG 1.1: a white square, and every run of dark modules as a box of one black path. */
final class SvgDrawing {

  private SvgDrawing() {}

  static String of(Modules modules) {
    int size = modules.size();
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\"".formatted(size)
        + " shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        + "<path fill=\"#000\" d=\""
        + path(modules)
        + "\"/></svg>";
  }

  private static String path(Modules modules) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.size(); y++) {
      int x = 0;
      while (x < modules.size()) {
        int start = x;
        while (modules.isDark(x, y)) {
          x++;
        }
        if (x > start) {
          path.append('M').append(start).append(' ').append(y);
          path.append('h').append(x - start).append("v1H").append(start).append('z');
        }
        x++;
      }
    }
    return path.toString();
  }
}
