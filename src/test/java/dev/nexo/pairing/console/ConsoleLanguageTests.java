package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The console in the operator's language. */
interface ConsoleLanguageTests extends ConsoleExtension {

  private void browserSpeaks(String languages) {
    String agent = chromium().text("return navigator.userAgent");
    chromium()
        .command(
            "Emulation.setUserAgentOverride",
            Map.of("userAgent", agent, "acceptLanguage", languages));
  }

  private String shown() {
    return chromium()
        .text("return document.documentElement.lang + ' ' + document.documentElement.dir");
  }

  @Test
  @Timeout(300)
  @DisplayName("Every view fits in the longest and in a right-to-left language")
  default void longAndRightToLeft() {
    world().writeNamed("words", "+15550001212", "\u0639\u0645\u0631 123");
    try {
      for (String language : List.of("de", "ar")) {
        browserSpeaks(language);
        for (String view : ConsoleAppearanceTests.VIEWS) {
          String name = view.replaceFirst("\\?.*", "");
          page().load(view);
          page().until(view, () -> chromium().holds(ConsoleAppearanceTests.SETTLED, name));
          for (Chromium.Screen screen : Chromium.Screen.values()) {
            chromium().become(screen, "light");
            chromium().picture(name + "-" + screen.width + "-" + language);
            boolean rightToLeft = language.equals("ar");
            assertThat(rightToLeft ? PageFaults.of(chromium()) : PageFaults.ofSize(chromium()))
                .as(name + " " + language + " " + screen)
                .isEmpty();
          }
        }
        assertThat(shown()).isEqualTo(language + (language.equals("ar") ? " rtl" : " ltr"));
      }
    } finally {
      browserSpeaks("en-GB");
    }
    world().denyAll();
  }

  @Test
  @DisplayName("The browser's language is shown, another one can be chosen, and it is kept")
  default void chosen() {
    try {
      browserSpeaks("xx,pt-BR,en");
      page().load("more").awaitText("h1", "Mais");
      assertThat(shown()).isEqualTo("pt ltr");
      page().choose("Idioma do console", "Espa\u00f1ol");
      page().awaitText("main h1", "M\u00e1s");
      page().load("pending").awaitText("main h1", "Pendientes");
      page().load("more").awaitText("main h1", "M\u00e1s");
      page().choose("Idioma de la consola", "Como el navegador");
      page().awaitText("main h1", "Mais");
      assertThat(chromium().count("return localStorage.length")).isZero();
    } finally {
      browserSpeaks("en-GB");
      chromium().run("localStorage.clear()");
    }
    page().load("pending").awaitLive();
  }
}
