package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What an operator does about devices. */
interface ConsoleSetupCodeTests extends ConsoleAppearanceTests {

  /** Where companions would reach this server on a network of a home. */
  String LOCAL_URL = "ws://192.168.178.20:9080";

  @Test
  @DisplayName("Without a public URL remedies are shown, and one can be entered")
  default void onlyLoopbackKnown() {
    page().load("pair").awaitLive().press("Create setup code");
    page().awaitText("main .note", "pairing.public_url");
  }

  @Test
  @DisplayName("When a companion redeems the QR code, its name replaces the code")
  default void scanned() {
    makeCode("Kitchen phone");
    page()
        .until(
            "the QR code is drawn",
            () -> chromium().holds("return document.querySelector('.qr img')?.naturalWidth > 0"));
    look("qr");
    assertThat(page().text(".qr .left")).matches("(5:0[01]|4:5\\d)");
    ServerClient companion = ServerClient.bearer(world().server().port(), redeem(token()));
    page().awaitText(".done", "Kitchen phone").awaitText(".done", "is paired");
    look("paired");
    assertThat(chromium().count("return document.querySelectorAll('.qr').length")).isZero();
    assertThat(companion.get("/api/v1/companion/session").status()).isEqualTo(200);

    page().press("View sessions");
    page().press("Kitchen phone", "End session");
    assertThat(page().find(By.cssSelector("dialog")).getText()).contains("cannot be undone");
    page().press("End session");
    page().awaitNoRow("Kitchen phone");
    assertThat(companion.get("/api/v1/companion/session").status()).isEqualTo(401);
  }

  @Test
  @DisplayName("A cancelled code is no longer shown and admits nobody")
  default void cancelled() {
    makeCode("Lost phone");
    String token = token();
    page().press("Cancel code");
    page().awaitText("main .note", "cancelled");
    assertThat(
            ServerClient.bearer(world().server().port(), token).post("/companion/session").status())
        .isEqualTo(401);
    page().press("Create a new code");
    page().find(By.name("device_label"));
  }

  private void makeCode(String label) {
    page().load("pair").awaitLive();
    page().fill("Device name", label);
    page().choose("Valid for", "5 minutes");
    page().press("Use another server URL");
    page().fill("Public URL", LOCAL_URL);
    page().press("Create setup code");
    page().awaitText(".qr", LOCAL_URL);
  }

  /** The token in the text of the code that is shown. */
  private String token() {
    String payload = chromium().text("return document.querySelector('.qr textarea').value");
    String json = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject().getString("bootstrap_token");
    }
  }

  private String redeem(String token) {
    ServerClient.Answer answer =
        ServerClient.bearer(world().server().port(), token).post("/companion/session");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    JsonObject session = answer.json();
    return session.getString("session_token");
  }
}
