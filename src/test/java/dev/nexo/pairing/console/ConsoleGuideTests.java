package dev.nexo.pairing.console;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

  /** The pages of the guide to the console. All but one are restricted to the account of a shop. */
  List<String> PAGES =
      List.of(
          "pending",
          "allowed?account_id=shop",
          "review?days=7",
          "denied?account_id=shop",
          "blocked?account_id=shop",
          "dropped?account_id=shop",
          "activity",
          "audit?account_id=shop",
          "explain?channel=telegram&account_id=shop&sender_id=100200300",
          "notices",
          "texts");

  @Test
  @Timeout(120)
  @DisplayName("Each page of the guide to the console is shown")
  default void pages() {
    world().denyAll();
    String[][] people = {
      {"100200301", "Anna Weber", "May I order two loaves for Saturday?"},
      {"100200302", "Best Offers", "You have won a prize"},
      {"100200303", "Omar", "Do you deliver to the old town?"},
      {"100200304", "Lucia", "Hello, are you open today?"},
      {"100200305", "Ravi", "Can I change my order?"},
      {"100200306", "Mei", "Where is your shop?"}
    };
    for (int i = 0; i < 3; i++) {
      shop(people[i]);
    }
    List<JsonObject> first = world().pending();
    decide(first.get(1), "{\"block\":true,\"reason\":\"Advertising\"}");
    decide(first.get(2), "{\"reason\":\"Wrong number\"}");
    for (int i = 3; i < 6; i++) {
      shop(people[i]);
    }
    JsonObjectBuilder seed = Json.createObjectBuilder().add("channel", "telegram");
    seed.add("account_id", "shop").add("role", "guest");
    seed.add("sender_ids", Json.createArrayBuilder().add("100200300").add("100200310"));
    world().operator().posted("/allow-from/seed", seed.build());
    chromium().become(Chromium.Screen.WIDE, "light");
    for (String page : PAGES) {
      picture(page, 600);
    }
    picture("policies?channel=telegram&account_id=shop", 820);
    world().denyAll();
  }

  private void picture(String page, int height) {
    String name = page.replaceFirst("\\?.*", "");
    page().load(page).awaitLive();
    page().until(page, () -> chromium().holds(ConsoleAppearanceTests.SETTLED, name));
    chromium().pagePicture(name, height);
  }

  private void decide(JsonObject request, String body) {
    String path = "/pending/" + request.getString("request_id") + "/deny";
    world().operator().posted(path, Json.createReader(new StringReader(body)).readObject());
  }

  private void shop(String[] person) {
    world()
        .operator()
        .posted(
            "/inbound",
            Json.createObjectBuilder()
                .add("channel", "telegram")
                .add("account_id", "shop")
                .add("sender_id", person[0])
                .add("text", person[2])
                .add("meta", Json.createObjectBuilder().add("name", person[1]))
                .build());
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
