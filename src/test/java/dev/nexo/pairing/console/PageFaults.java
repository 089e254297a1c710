package dev.nexo.pairing.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what is wrong with the page that a browser shows, one line a fault. Accessibility is
 * checked by axe; what axe does not check is in {@code faults.js}.
 */
final class PageFaults {

  private static final String AXE = read("/axe.min.js");
  private static final String RUN_AXE = read("/console/axe.js");
  private static final String OTHERS = read("/console/faults.js");

  private PageFaults() {}

  private static String read(String resource) {
    try (InputStream script = PageFaults.class.getResourceAsStream(resource)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All faults. */
  static List<String> of(Chromium chromium) {
    return Stream.concat(axe(chromium, "").stream(), chromium.lines(OTHERS).stream()).toList();
  }

  /** The faults of contrast, the only ones that can differ between light and dark. */
  static List<String> ofContrast(Chromium chromium) {
    return axe(chromium, "color-contrast");
  }

  /** The faults of width and size, the only ones that differ between languages of one direction. */
  static List<String> ofSize(Chromium chromium) {
    return chromium.lines(OTHERS);
  }

  private static List<String> axe(Chromium chromium, String rule) {
    if (chromium.holds("return !window.axe")) {
      chromium.run(AXE);
    }
    return Chromium.texts(chromium.driver().executeAsyncScript(RUN_AXE, rule));
  }
}
