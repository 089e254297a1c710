package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The way in and out. */
interface ConsoleSignInTests extends ConsoleAppearanceTests {

  @Test
  @DisplayName("After a login expires the console asks again and keeps the view")
  default void loginRunsOut() {
    page().load("allowed").awaitLive();
    chromium().command("Network.clearBrowserCookies", Map.of());
    page().fill("Search", "somebody");
    page().find(By.cssSelector("input[type=password]"));
    page().signIn(world().server().operatorPassword());
    page().until("signed in", page()::isSignedIn);
    page().awaitLive();
    assertThat(
            chromium()
                .text("return location.hash + ' ' + document.querySelector('[name=q]').value"))
        .isEqualTo("#/allowed somebody");
  }

  @Test
  @DisplayName("A wrong password, or too many, is reported with the remedy")
  default void wrongPasswords() {
    page().load("pending").awaitLive();
    // Another address, which may be locked out without harm.
    address("203.0.113.77");
    try {
      signOut();
      page().signIn("wrong").awaitText("[role=alert]", "Wrong password");
      page()
          .until(
              "locked out",
              () -> {
                if (page().text(".login").contains("Too many failed sign-ins")) {
                  return true;
                }
                if (page().find(By.cssSelector("button[type=submit]")).isEnabled()) {
                  page().signIn("wrong");
                }
                return false;
              });
      assertThat(page().text(".login [role=alert]")).containsPattern("Try again in \\d+ s");
      assertThat(page().find(By.cssSelector("button[type=submit]")).isEnabled()).isFalse();
      chromium().picture("locked-out-360-light");
    } finally {
      address("127.0.0.1");
    }
    page().load("pending").signIn(world().server().operatorPassword()).awaitLive();
  }

  @Test
  @DisplayName("After signing out the back button shows nothing")
  default void signOutIsForGood() {
    page().load("allowed").awaitLive();
    signOut();
    assertThat(chromium().text("return document.querySelector('main').textContent")).isEmpty();
    look("login");
    chromium().driver().navigate().back();
    assertThat(page().isSignedIn()).isFalse();
    assertThat(
            chromium()
                .with("api.js", "return module.get('pending').catch((e) => String(e.status))"))
        .isEqualTo("401");
    assertThat(chromium().count("return localStorage.length + sessionStorage.length")).isZero();
    page().load("pending").signIn(world().server().operatorPassword()).awaitLive();
  }

  private void signOut() {
    page().go("more").press("Sign out");
    page().find(By.cssSelector("input[type=password]"));
  }

  private void address(String address) {
    chromium().command("Network.enable", Map.of());
    chromium()
        .command(
            "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("X-Forwarded-For", address)));
  }
}
