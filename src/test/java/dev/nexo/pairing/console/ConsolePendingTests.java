package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.ReverseProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What strangers write to do harm with, and lists that are long or late. */
interface ConsolePendingTests extends ConsoleExtension {

  /** Everything that is not to be shown; the contract's list. */
  String HIDDEN =
      "[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
          + "\\ud800-\\udfff]";

  /** Records what the page says about its connection. */
  String WATCH_STATES =
      "const line = document.getElementById('live'); window.states = [line.textContent];"
          + " new MutationObserver(() => window.states.push(line.textContent))"
          + ".observe(line, {childList: true, characterData: true, subtree: true})";

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
    assertThat(PageFaults.of(chromium())).isEmpty();
  }

  @Test
  @NeedsProgram("nginx")
  @DisplayName("If a proxy holds the event stream back, the list is read every 10 s")
  default void heldStream() {
    // To a server that speaks HTTP/1.1, nginx passes each chunk on at once.
    String held = "proxy_http_version 1.0; proxy_ignore_headers X-Accel-Buffering;";
    try (ReverseProxy proxy = ReverseProxy.nginx(world().server().port(), held)) {
      ConsolePage behind = new ConsolePage(chromium(), proxy.port());
      behind.load("pending");
      for (String sender : List.of("@held-1", "@held-2")) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> behind.text("#live").equals("Updated every 10 s"));
        world().write("held", sender);
        await().atMost(Duration.ofSeconds(20)).until(() -> !behind.rows(sender).isEmpty());
        assertThat(behind.text("#live")).isEqualTo("Updated every 10 s");
      }
    } finally {
      world().denyAll();
    }
    page().load("pending").awaitLive();
  }

  @Test
  @NeedsProgram("nginx")
  @DisplayName("If a proxy ends the event stream every few seconds, every request appears")
  default void interruptedStream() {
    try (ReverseProxy proxy =
        ReverseProxy.nginx(world().server().port(), "proxy_read_timeout 3s;")) {
      ConsolePage behind = new ConsolePage(chromium(), proxy.port());
      behind.load("pending").awaitLive();
      chromium().run(WATCH_STATES);
      for (int i = 0; i < 3; i++) {
        String sender = "@interrupted-" + i;
        behind.awaitText("#live", "Connecting").awaitLive();
        world().write("interrupted", sender);
        await().atMost(Duration.ofSeconds(20)).until(() -> !behind.rows(sender).isEmpty());
      }
      assertThat(chromium().lines("return window.states"))
          .contains("Live", "Connecting…")
          .doesNotContain("Disconnected");
    } finally {
      world().denyAll();
    }
    page().load("pending").awaitLive();
  }

  @Test
  @DisplayName("An error leaves when its cause is gone, and never covers the sign-in form")
  default void errorsLeave() {
    for (Chromium.Screen screen : Chromium.Screen.values()) {
      chromium().become(screen, "light");
      page().load("pending").awaitLive();
      // Until the last answer to the page's own first calls, which shows that the server is there.
      page()
          .until(
              "three errors",
              () -> {
                fail("{status: 0, message: 'unreachable'}");
                fail("{status: 503, change: true, message: 'no changes'}");
                fail("{status: 404, message: 'gone'}");
                String shown = page().text("#toasts");
                return Stream.of("unreachable", "no changes", "gone").allMatch(shown::contains);
              });
      chromium().with("api.js", "return module.get('pending')");
      page().until("reachable", () -> !page().text("#toasts").contains("unreachable"));
      assertThat(page().text("#toasts")).contains("no changes", "gone");
      page().go("allowed");
      page().until("the next view", () -> !page().text("#toasts").contains("gone"));
      assertThat(page().text("#toasts")).contains("no changes");
      chromium().command("Network.clearBrowserCookies", Map.of());
      chromium().run("window.dispatchEvent(new Event('online'))");
      page().go("pending");
      WebElement submit = page().find(By.cssSelector("button[type=submit]"));
      assertThat(page().text("#toasts")).isEmpty();
      assertThat(PageFaults.of(chromium())).isEmpty();
      assertThat(
              chromium()
                  .holds(
                      "const box = arguments[0].getBoundingClientRect(); return"
                          + " arguments[0].contains(document.elementFromPoint(box.x + box.width /"
                          + " 2, box.y + box.height / 2))",
                      submit))
          .isTrue();
      page().signIn(world().server().operatorPassword()).awaitLive();
    }
  }

  private void fail(String error) {
    chromium().with("toasts.js", "module.failed(" + error + "); return 'shown'");
  }
}
