package dev.nexo.pairing.console;

import jakarta.json.Json;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Takes the screenshots of README and guides. Compressed copies are in {@code
 * src/site/resources/images}.
 */
interface ConsoleGuideTests extends ConsoleExtension {

  @Test
  @DisplayName("The pending list shows a request, and Undo after an approval")
  default void pendingScreenshots() {
    world().denyAll();
    message("+15550123456", "Hi, this is Anna from the bakery. May I order here?");
    page().load("pending").awaitLive().row("+15550123456");
    chromium().guidePicture("pending", 360, 640);
    message("+15550654321", "Hello, when are you open?");
    page().press("+15550654321", "Approve");
    page().awaitNoRow("+15550654321");
    page().awaitText(".toasts", "Approved +15550654321");
    chromium().guidePicture("undo", 360, 760);
  }

  @Test
  @DisplayName("The pair view shows a setup code")
  default void pairScreenshot() {
    page().load("pair").awaitLive();
    page().fill("Device name", "Kitchen phone");
    page().choose("Valid for", "5 minutes");
    page().press("Use another server URL");
    page().fill("Public URL", "wss://nexo.example.com");
    page().press("Create setup code");
    page().awaitText(".qr", "wss://nexo.example.com");
    page()
        .until(
            "the QR code is drawn",
            () -> chromium().holds("return document.querySelector('.qr img')?.naturalWidth > 0"));
    chromium().guidePicture("pair", 360, 890);
    page().press("Cancel code");
    page().awaitText("main .note", "cancelled");
  }

  @Test
  @DisplayName("The health view shows readiness and findings")
  default void healthScreenshot() {
    world().denyAll();
    page().load("health").awaitLive();
    page().until("health", () -> chromium().holds(ConsoleAppearanceTests.SETTLED, "health"));
    chromium().guidePicture("health", 1000, 624);
  }

  private void message(String sender, String text) {
    world()
        .operator()
        .posted(
            "/inbound",
            Json.createObjectBuilder()
                .add("channel", "whatsapp")
                .add("sender_id", sender)
                .add("text", text)
                .add("meta", Json.createObjectBuilder().add("name", "Anna"))
                .build());
  }
}
