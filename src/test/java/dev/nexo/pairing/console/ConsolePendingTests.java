package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** What strangers write to do harm with. */
interface ConsolePendingTests extends ConsoleExtension {

  /** Everything that is not to be shown; the contract's list. */
  String HIDDEN =
      "[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
          + "\\ud800-\\udfff]";

  @Test
  @DisplayName("Markup in a name or a message is shown as text and never runs")
  default void markupIsText() {
    String name = "<img src=x onerror=window.harmed=1>";
    String text = "<script>window.harmed=1</script><a href=\"javascript:harmed=1\">here</a>";
    page().load("pending").awaitLive();
    world().write("markup", name, text);
    assertThat(page().row(name).getText()).contains(name, text);
    for (String view : List.of("pending", "audit?account_id=markup", "explain")) {
      page().load(view).awaitLive();
    }
    page().load("audit?account_id=markup").row(name);
    assertThat(chromium().run("return window.harmed ?? null")).isNull();
    assertThat(
            chromium()
                .count(
                    "return document.querySelectorAll('main img, main script, main"
                        + " a[href^=javascript]').length"))
        .isZero();
  }

  @Test
  @DisplayName("Bidirectional and hidden characters are removed, text is isolated")
  default void bidiAndControls() {
    page().load("pending").awaitLive();
    world()
        .write(
            "bidi",
            "@\u202Egnp.exe\u2066x\u200By\uFEFF",
            "a\u0007b\u001b[31m\u061cc\u2028d\uDB40\uDC41e\nf");
    WebElement row = page().row("gnp.exexy");
    String shown = chromium().text("return arguments[0].textContent", row);
    assertThat(shown).contains("@gnp.exexy", "ab[31mc de f").doesNotContainPattern(HIDDEN);
    assertThat(
            chromium()
                .holds(
                    "return [...arguments[0].querySelectorAll('.foreign')].every((one) =>"
                        + " one.dir === 'auto' && getComputedStyle(one).unicodeBidi ==="
                        + " 'isolate')",
                    row))
        .isTrue();
  }

  @Test
  @DisplayName("A name of 256 characters is cut, readable in full, widens nothing")
  default void longName() {
    String name = "@" + "w".repeat(255);
    page().load("pending").awaitLive();
    world().write("long", name, "word ".repeat(99));
    WebElement row = page().row("@wwww");
    assertThat(row.getText()).doesNotContain(name);
    page().press("@wwww", "Show all");
    page().until("the rest", () -> page().row("@wwww").getText().contains("Show less"));
    assertThat(chromium().lines(ConsoleAppearanceTests.FAULTS)).isEmpty();
  }
}
