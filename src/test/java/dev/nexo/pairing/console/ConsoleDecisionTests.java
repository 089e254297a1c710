package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What an operator does about those who write. */
interface ConsoleDecisionTests extends ConsoleExtension {

  @Test
  @DisplayName("A stranger appears at once, is approved with one tap, and undone")
  default void oneTapLetsIn() {
    page().go("pending").awaitLive();
    assertThat(world().write("tap", "@anna", "Saturday's deliveries, please"))
        .isEqualTo("challenge");
    assertThat(page().row("@anna").getText())
        .contains("matrix, account tap", "Saturday's deliveries, please", "Code");
    assertThat(page().text("#news")).contains("@anna");
    String code = page().row("@anna").findElement(By.cssSelector(".code")).getText();
    page().press("@anna", "Approve");
    page().awaitNoRow("@anna");
    assertThat(world().write("tap", "@anna")).isEqualTo("admit");
    page().awaitText(".toasts", "Approved @anna");

    page().press("Undo");
    page().awaitText(".toasts", "@anna is pending again");
    assertThat(page().row("@anna").getText()).contains(code);
    page().load("pending").awaitLive();
    assertThat(page().row("@anna").getText()).contains(code, "Saturday's deliveries, please");
    assertThat(world().write("tap", "@anna")).isEqualTo("challenge");
    JsonObject newest = world().audit("tap").get(0);
    assertThat(newest.getString("action")).isEqualTo("restored");
    assertThat(newest.getString("surface")).isEqualTo("console");
  }

  @Test
  @DisplayName("A stranger whom nothing has told the code is marked")
  default void notTold() {
    page().go("pending").awaitLive();
    JsonObject message =
        Json.createObjectBuilder()
            .add("channel", "whatsapp")
            .add("sender_id", "15550001818@s.whatsapp.net")
            .add("text", "hi")
            .build();
    JsonObject answer = world().operator().posted("/inbound", message);
    assertThat(answer.getString("delivery")).isEqualTo("publish_failed");
    page().row("+15550001818");
    page().until("the mark", () -> page().row("+15550001818").getText().contains("Not told yet"));
    assertThat(world().operator().get("/api/v1/pending?channel=whatsapp").body())
        .contains("\"undelivered\":true");
    assertThat(world().operator().get("/api/v1/doctor").body())
        .contains("NXP-1031", "Set pairing.broker.url");
    assertThat(world().server().console())
        .containsPattern("NXP-0052 .* to whatsapp was not sent .*Set pairing.broker.url");
    page().press("+15550001818", "Deny");
    page().awaitNoRow("+15550001818");
  }

  @Test
  @DisplayName("A near twin of an admitted sender is marked, and not admitted")
  default void nearTwin() {
    JsonObject admitted =
        Json.createObjectBuilder()
            .add("channel", "whatsapp")
            .add("sender_ids", Json.createArrayBuilder().add("+5511987654321"))
            .build();
    world().operator().posted("/allow-from/seed", admitted);
    JsonObject message =
        Json.createObjectBuilder()
            .add("channel", "whatsapp")
            .add("sender_id", "551187654321@s.whatsapp.net")
            .add("text", "hi")
            .build();
    assertThat(world().operator().posted("/inbound", message).getString("decision"))
        .isEqualTo("challenge");
    page().go("pending").awaitLive();
    page()
        .until("the hint", () -> page().row("+551187654321").getText().contains("+5511987654321"));
    page().press("+551187654321", "Deny");
    page().awaitNoRow("+551187654321");
  }

  @Test
  @DisplayName("Denied and blocked strangers get no answer until that is undone")
  default void denyAndBlock() {
    page().go("pending").awaitLive();
    world().write("no", "@denied");
    page().press("@denied", "Deny");
    page().awaitNoRow("@denied");
    assertThat(world().write("no", "@denied")).isEqualTo("drop denied");
    page().press("Undo");
    page().awaitText(".toasts", "@denied is pending again");
    page().row("@denied");
    assertThat(world().write("no", "@denied")).isEqualTo("challenge");

    world().write("no", "@blocked");
    page().row("@blocked");
    page().pressUntilGone("@blocked", "Block");
    assertThat(world().write("no", "@blocked")).isEqualTo("drop blocked");
    page().go("blocked").press("@blocked", "Unblock");
    page().awaitNoRow("@blocked");
    assertThat(world().write("no", "@blocked")).isEqualTo("challenge");
  }

  @Test
  @DisplayName("An approval takes an end date and a note, and a sender is explained")
  default void approvalWithTerms() {
    page().go("pending").awaitLive();
    world().write("terms", "@gardener");
    page().press("@gardener", "Details");
    page().fill("Note", "Tuesdays");
    page().pressUntilGone("@gardener", "Approve");
    page().go("allowed");
    page().fill("Search", "Tuesd");
    page().row("@gardener");
    page().press("@gardener", "Edit");
    page().fill("Note", "Mondays");
    page().press("Save");
    page().fill("Search", "Mond");
    assertThat(page().row("Mondays").getText()).contains("@gardener");
    page().press("@gardener", "Explain");
    page().awaitText(".answer", "Would be admitted");
  }

  @Test
  @DisplayName("Allowed senders are added, found, revoked, shown and admitted again")
  default void allowed() {
    page().go("allowed").press("Add senders");
    page().fill("Channel", "whatsapp");
    page().fill("Account", "hand");
    page().fill("Senders", "+15550004444\nnobody at all");
    page().press("Add");
    page().awaitText("dialog .note", "nobody at all");
    page().press("Cancel");
    page().fill("Search", "4444");
    page().awaitText("main .list", "+15550004444");
    page().press("+15550004444", "Revoke");
    page().awaitNoRow("+15550004444");
    page().press("Include revoked");
    assertThat(page().row("+15550004444").getText()).contains("Revoked");
    page().pressUntilGone("Admit again", "Admit again");
    assertThat(page().row("+15550004444").getText()).doesNotContain("Revoked");
  }

  private JsonObject inbound(String account, String sender) {
    return world()
        .operator()
        .posted(
            "/inbound",
            Json.createObjectBuilder()
                .add("channel", ConsoleWorld.CHANNEL)
                .add("account_id", account)
                .add("sender_id", sender)
                .build());
  }

  @Test
  @DisplayName("Role and labels are edited, and reach the bot with the next message")
  default void roles() {
    page().go("pending").awaitLive();
    world().write("roles", "@uncle");
    page().press("@uncle", "Details");
    page().choose("Role", "Guest");
    page().fill("Labels", "family, vip");
    page().fill("Days without a message", "30");
    page().pressUntilGone("@uncle", "Approve");
    assertThat(inbound("roles", "@uncle").toString())
        .contains("\"role\":\"guest\"", "\"labels\":[\"family\",\"vip\"]");
    page().load("allowed?account_id=roles");
    assertThat(page().row("@uncle").getText())
        .contains("Guest", "family", "vip", "ends after 30 days without a message");
    page().press("@uncle", "Edit");
    page().choose("Role", "Member");
    page().fill("Labels", "No Label");
    page().press("Save");
    page().awaitText("dialog .note", "labels");
    page().fill("Labels", "");
    page().press("Save");
    page().awaitNo("dialog");
    assertThat(inbound("roles", "@uncle").toString())
        .contains("\"role\":\"member\"", "\"labels\":[]");
  }

  @Test
  @DisplayName("Who was not seen for long is revoked with one tap, and undone with the same role")
  default void review() throws SQLException {
    JsonArrayBuilder two = Json.createArrayBuilder().add("@longgone").add("@justhere");
    JsonObjectBuilder seed = Json.createObjectBuilder().add("channel", ConsoleWorld.CHANNEL);
    seed.add("account_id", "review").add("sender_ids", two).add("role", "guest");
    world()
        .operator()
        .posted("/allow-from/seed", seed.add("labels", Json.createArrayBuilder().add("x")).build());
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + world().server().database());
        Statement statement = database.createStatement()) {
      statement.execute(
          "UPDATE pairing_allow_from SET approved_at = approved_at - 40 * 86400"
              + " WHERE sender_id = '@longgone'");
    }
    page().load("review?account_id=review");
    page().awaitText("main .empty", "Nobody to review");
    page().choose("Not seen for", "30 days");
    assertThat(page().row("@longgone").getText()).contains("never seen", "Guest");
    assertThat(page().rows("@justhere")).isEmpty();
    page().press("@longgone", "Revoke");
    page().awaitNoRow("@longgone");
    assertThat(inbound("review", "@longgone").getString("decision")).isEqualTo("challenge");
    page().press("Undo");
    page().awaitText(".toasts", "is admitted again");
    assertThat(inbound("review", "@longgone").toString())
        .contains("\"role\":\"guest\"", "\"labels\":[\"x\"]");
  }

  @Test
  @DisplayName("A long list is paged and keeps its length when a row is removed")
  default void longList() {
    JsonArrayBuilder many = Json.createArrayBuilder();
    for (int i = 100; i < 160; i++) {
      many.add("@member" + i);
    }
    JsonObjectBuilder account = Json.createObjectBuilder().add("channel", "matrix");
    account.add("account_id", "many").add("sender_ids", many);
    world().operator().posted("/allow-from/seed", account.build());
    page().load("allowed?account_id=many").row("@member149");
    assertThat(page().rows("@member")).hasSize(50);
    page().press("Show more");
    page().row("@member159");
    page().press("@member155", "Revoke");
    page().awaitNoRow("@member155");
    assertThat(page().rows("@member")).hasSize(59);
  }

  @Test
  @DisplayName("A dropped sender is listed with the reason and can be admitted there")
  default void dropped() {
    for (int i = 0; i < 3; i++) {
      world().write("full", "@waiting" + i);
    }
    assertThat(world().write("full", "@late", "Why does nobody answer?"))
        .isEqualTo("drop max_pending");
    page().load("dropped").awaitLive();
    assertThat(page().row("@late").getText())
        .contains("Why does nobody answer?", "Too many pending requests", "1 message");
    page().press("@late", "Admit");
    page()
        .until(
            "it says so",
            () -> !page().row("@late").findElements(By.cssSelector(".tag")).isEmpty());
    assertThat(world().write("full", "@late")).isEqualTo("admit");
  }

  @Test
  @DisplayName("Several dropped senders are approved with one tap, and revoked by Undo")
  default void approveManyDropped() {
    for (int i = 0; i < 3; i++) {
      world().write("crowd", "@queue" + i);
    }
    for (String sender : List.of("@crowd1", "@crowd2", "@crowd3")) {
      assertThat(world().write("crowd", sender)).isEqualTo("drop max_pending");
    }
    page().load("dropped").awaitLive();
    for (String sender : List.of("@crowd1", "@crowd2")) {
      page().press(sender, "Select");
    }
    page().awaitText(".selection", "2 senders selected");
    page().press("Approve all");
    page().awaitNoRow("@crowd1");
    assertThat(page().rows("@crowd3")).isNotEmpty();
    assertThat(world().write("crowd", "@crowd1")).isEqualTo("admit");
    assertThat(world().write("crowd", "@crowd2")).isEqualTo("admit");
    page().press("Undo");
    page().until("they are revoked", () -> !world().write("crowd", "@crowd2").equals("admit"));
    assertThat(world().write("crowd", "@crowd1")).isEqualTo("drop max_pending");
  }

  @Test
  @DisplayName("Blocking a dropped sender takes the id literally")
  default void blockDroppedLiterally() {
    world()
        .operator()
        .posted(
            "/allow-from/seed",
            Json.createObjectBuilder()
                .add("channel", "webchat")
                .add("sender_ids", Json.createArrayBuilder().add("alice"))
                .build());
    for (int i = 0; i < 3; i++) {
      assertThat(webchat("waiting" + i)).isEqualTo("challenge");
    }
    String disguised = "webchat:default:alice";
    assertThat(webchat(disguised)).isEqualTo("drop max_pending");
    page().load("dropped").awaitLive().press(disguised, "Block");
    page().until("it says so", () -> page().row(disguised).getText().contains("Blocked"));
    assertThat(webchat(disguised)).isEqualTo("drop blocked");
    assertThat(webchat("alice")).isEqualTo("admit");
    assertThat(
            world()
                .operator()
                .get("/api/v1/blocked?channel=webchat")
                .json()
                .getJsonArray("blocked"))
        .hasSize(1)
        .allSatisfy(
            blocked ->
                assertThat(blocked.asJsonObject().getString("sender_id")).isEqualTo(disguised));
  }

  private String webchat(String sender) {
    JsonObject message =
        Json.createObjectBuilder()
            .add("channel", "webchat")
            .add("sender_id", sender)
            .add("text", "Hello?")
            .build();
    JsonObject answer = world().operator().posted("/inbound", message);
    return (answer.getString("decision") + " " + answer.getString("reason", "")).strip();
  }

  @Test
  @DisplayName("The keyboard alone reaches a request, approves it and undoes that")
  default void keyboardOnly() {
    world().write("keys", "@typed");
    page().load("pending").awaitLive().row("@typed");
    chromium().press(Keys.TAB);
    assertThat(chromium().text("return document.activeElement.textContent"))
        .isEqualTo("Skip to content");
    chromium().press(Keys.ENTER);
    do {
      chromium().tabTo("Approve");
    } while (!focusedRow().contains("@typed"));
    chromium().press(Keys.ENTER);
    page().awaitNoRow("@typed");
    assertThat(world().write("keys", "@typed")).isEqualTo("admit");
    assertThat(chromium().holds("return document.activeElement !== document.body"))
        .as("the focus is not lost with the row")
        .isTrue();
    chromium().press(Keys.chord(Keys.CONTROL, "z"));
    page().awaitText(".toasts", "is pending again");
    assertThat(world().write("keys", "@typed")).isEqualTo("challenge");
  }

  private String focusedRow() {
    return chromium().text("return document.activeElement.closest('li')?.textContent ?? ''");
  }

  @Test
  @DisplayName("Events during an outage are marked as missing and appear afterwards")
  default void lineDown() {
    page().load("pending").awaitLive();
    try {
      offline(true);
      page().awaitText("#live", "Disconnected").awaitText("main .note", "Disconnected");
      world().write("line", "@meanwhile");
    } finally {
      offline(false);
    }
    page().awaitLive().row("@meanwhile");
  }

  private void offline(boolean off) {
    chromium().command("Network.enable", Map.of());
    chromium()
        .command(
            "Network.emulateNetworkConditions",
            Map.of("offline", off, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }
}
