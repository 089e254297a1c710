package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The queue as a place to work: names, search, decisions about many requests, and undo. */
interface ConsoleQueueTests extends ConsoleExtension {

  @Test
  @DisplayName("The claimed name comes first, marked as a claim, whatever it contains")
  default void claimedNames() {
    page().load("pending").awaitLive();
    world().writeNamed("named", "@real-1", "Anna");
    world()
        .writeNamed("named", "@real-2", "\u202Emoc.knab\u2066 <img src=x onerror=harmed=1>\u200B");
    world().writeNamed("named", "@real-3", "ab".repeat(2048));
    for (int i = 1; i <= 3; i++) {
      WebElement row = page().row("@real-" + i);
      assertThat(row.findElement(By.cssSelector(".who .tag")).getText())
          .isEqualTo("Name they claim");
      assertThat(row.findElement(By.cssSelector(".who .sender")).getText()).isEqualTo("@real-" + i);
    }
    assertThat(heading("@real-1")).isEqualTo("Anna");
    assertThat(heading("@real-2")).isEqualTo("moc.knab <img src=x onerror=harmed=1>");
    assertThat(heading("@real-3")).hasSizeBetween(60, 65);
    assertThat(chromium().run("return window.harmed ?? null")).isNull();
    for (Chromium.Screen screen : Chromium.Screen.values()) {
      chromium().become(screen, "light");
      assertThat(PageFaults.of(chromium())).as(screen.name()).isEmpty();
      chromium().picture("names-" + screen.width);
    }
    world().denyAll();
  }

  private String heading(String sender) {
    return chromium()
        .text("return arguments[0].querySelector('h2').textContent", page().row(sender));
  }

  @Test
  @DisplayName("On a desk, a request is one row: name, message, code and buttons side by side")
  default void oneRow() {
    world().denyAll();
    chromium().become(Chromium.Screen.WIDE, "light");
    page().load("pending").awaitLive();
    world().writeNamed("desk", "@desk", "Anna");
    WebElement row = page().row("@desk");
    assertThat(row.getSize().height).isLessThan(160);
    WebElement approve = row.findElement(By.cssSelector(".verdict .main"));
    WebElement who = row.findElement(By.cssSelector(".who"));
    assertThat(approve.getLocation().x).isGreaterThan(who.getLocation().x + who.getSize().width);
    assertThat(approve.getLocation().y).isBetween(row.getLocation().y, row.getLocation().y + 40);
    world().denyAll();
  }

  @Test
  @DisplayName("Search, channel and account restrict the list, and what is hidden is not selected")
  default void search() {
    world().denyAll();
    page().load("pending").awaitLive();
    world().writeNamed("find-a", "@one", "Zoë Müller");
    world().write("find-a", "@two", "about the garden");
    world().write("find-b", "@three", "about the garden");
    page().row("@three");
    for (String[] each :
        new String[][] {
          {"müller", "@one"}, {"GARDEN", "@three @two"}, {"@three", "@three"}, {"nobody", ""}
        }) {
      page().fill("Search", each[0]);
      page().until("found by " + each[0], () -> shown().equals(each[1]));
    }
    page().awaitText(".empty", "No matching requests");
    page().fill("Search", "garden");
    page().until("both", () -> shown().equals("@three @two"));
    page().press("Select all 2");
    page().awaitText(".selection", "2 requests selected");
    page().fill("Account", "find-b");
    page().until("one", () -> shown().equals("@three"));
    page().awaitText(".selection", "1 request selected");
    page().press("Deny selected");
    page().awaitText(".toasts", "Denied 1 request.");
    assertThat(world().write("find-a", "@two")).isEqualTo("challenge");
    assertThat(world().write("find-b", "@three")).isEqualTo("drop denied");
    world().denyAll();
  }

  private String shown() {
    return String.join(
        " ",
        chromium()
            .lines(
                "return [...document.querySelectorAll('.request')].map((row) =>"
                    + " (row.querySelector('.sender') ?? row.querySelector('h2')).textContent).sort()"));
  }

  @Test
  @DisplayName("A selected request that somebody else decides is left out, and named if too late")
  default void decidedElsewhere() {
    world().denyAll();
    page().load("pending").awaitLive();
    for (String sender : List.of("@mine-1", "@mine-2", "@theirs")) {
      world().write("elsewhere", sender);
      page().row(sender);
    }
    List<JsonObject> before = world().pending();
    page().press("Select all 3");
    page().awaitText(".selection", "3 requests selected");
    String theirs = before.get(2).getString("request_id");
    world().operator().post("/pending/" + theirs + "/deny");
    page().awaitText(".selection", "2 requests selected");
    page().fill("Reason of a denial or block", "nobody we know");
    page().press("Block selected");
    page().awaitText(".toasts", "Blocked 2 requests.");
    assertThat(world().write("elsewhere", "@mine-1")).isEqualTo("drop blocked");
    assertThat(world().write("elsewhere", "@theirs")).isEqualTo("drop denied");
    assertThat(world().audit("elsewhere"))
        .filteredOn(line -> line.getString("action").equals("blocked"))
        .allSatisfy(line -> assertThat(line.getString("detail")).isEqualTo("nobody we know"))
        .hasSize(2);
    page().press("Undo");
    page().awaitText(".toasts", "2 requests are pending again.");
    page().row("@mine-1");
    String requests = before.toString();
    assertThat(
            chromium()
                .with(
                    "actions.js",
                    "const { gone, rest } = await module.decideRequests('approve', JSON.parse(args[0]));"
                        + " return gone.length + ' ' + rest.length",
                    requests))
        .isEqualTo("3 0");
    page().awaitText(".toasts", "Approved 2 requests. Decided elsewhere or expired: @theirs.");
    assertThat(world().write("elsewhere", "@theirs")).isEqualTo("drop denied");
    assertThat(world().write("elsewhere", "@mine-2")).isEqualTo("admit");
  }

  @Test
  @DisplayName("A reason is given with a denial and a block, and listed")
  default void reasons() {
    page().load("pending").awaitLive();
    world().write("why", "@rude");
    page().press("@rude", "Details");
    page().fill("Reason", "insults <b>");
    assertThat(PageFaults.of(chromium())).as("details").isEmpty();
    page().press("@rude", "Block");
    page().awaitNoRow("@rude");
    page().load("blocked?account_id=why");
    assertThat(page().row("@rude").getText()).contains("insults <b>");
  }

  @Test
  @DisplayName("After a reload, a denial is undone under Denied, and the request is as it was")
  default void undoAfterReload() {
    world().denyAll();
    page().load("pending").awaitLive();
    world().writeNamed("later", "@patient", "Pat");
    String code = page().row("@patient").findElement(By.cssSelector(".code")).getText();
    page().press("@patient", "Deny");
    page().awaitNoRow("@patient");
    page().load("denied?account_id=later").awaitLive();
    page().press("@patient", "Undo the denial");
    page().awaitText(".toasts", "@patient is pending again");
    page().awaitNoRow("@patient");
    page().load("pending").awaitLive();
    assertThat(page().row("@patient").getText()).contains("Pat", code);
    assertThat(world().write("later", "@patient")).isEqualTo("challenge");
    page().press("@patient", "Deny");
    page().awaitNoRow("@patient");
    page().load("denied?account_id=later").press("@patient", "End the denial");
    page().awaitNoRow("@patient");
    assertThat(world().write("later", "@patient")).isEqualTo("challenge");
    page().load("pending").awaitLive();
    assertThat(page().row("@patient").getText()).doesNotContain(code);
  }

  @Test
  @DisplayName("Activity shows totals, and a bar for each of 24 hours")
  default void activity() {
    world().write("busy", "@busy");
    page().load("activity").awaitLive();
    page().awaitText(".totals", "Pending");
    assertThat(
            chromium().count("return document.querySelectorAll('.bars rect:not(.ground)').length"))
        .isEqualTo(4 * 24);
    assertThat(
            chromium().count("return Number(document.querySelector('.charts .sum').textContent)"))
        .isPositive();
    page().press("Show as a table");
    assertThat(chromium().count("return document.querySelectorAll('tbody tr').length"))
        .isEqualTo(24);
    assertThat(PageFaults.of(chromium())).isEmpty();
  }

  @Test
  @DisplayName("An explanation offers the actions that follow from it, and is shown again")
  default void explainAndAct() {
    world().write("acts", "@acts");
    page().load("explain?channel=matrix&account_id=acts&exact=true&sender_id=@acts").awaitLive();
    page().awaitText(".answer .word", "Would need approval");
    page().press("Approve");
    page().awaitText(".answer .word", "Would be admitted");
    page().press("Revoke");
    page().awaitText(".answer .word", "Would need approval");
    page().press("Block");
    page().awaitText(".answer .word", "Would be dropped");
    assertThat(world().write("acts", "@acts")).isEqualTo("drop blocked");
    page().press("Unblock");
    page().awaitText(".answer .word", "Would need approval");
    page().press("Admit");
    page().awaitText(".answer .word", "Would be admitted");
    assertThat(world().write("acts", "@acts")).isEqualTo("admit");
  }

  @Test
  @Timeout(240)
  @DisplayName("500 requests are listed, searched, denied at once and pending again after Undo")
  default void manyRequests() throws SQLException {
    world().denyAll();
    insert(500);
    try {
      page().load("pending").awaitLive();
      page().awaitText(".count", "500 requests");
      assertThat(page().text("main")).doesNotContain("No pending requests");
      page().fill("Search", "@many499.");
      page().until("the last one", () -> requestsShown() == 1);
      page().fill("Search", "@many");
      page().until("the first hundred", () -> requestsShown() == 100);
      page().press("Select all 500");
      page().awaitText(".selection", "500 requests selected");
      page().press("Deny selected");
      page().awaitText("dialog", "Deny 500 requests?");
      assertThat(PageFaults.of(chromium())).isEmpty();
      page().press("Deny all");
      awaitToast("Denied 500 requests.");
      assertThat(world().pending()).isEmpty();
      page().press("Undo");
      awaitToast("500 requests are pending again.");
      assertThat(world().pending()).hasSize(500);
      page().load("pending").awaitLive();
      page().awaitText(".count", "500 requests");
      for (int shown = 100; shown < 500; shown += 100) {
        String more = "Show more (" + (500 - shown) + ")";
        page().until(more, () -> page().text(".more").equals(more));
        chromium().run("document.querySelector('.more button').click()");
      }
      page().until("all rows", () -> requestsShown() == 500);
      assertThat(page().text(".more")).isEmpty();
    } finally {
      world().denyAll();
    }
    page().awaitText("main", "No pending requests");
  }

  private long requestsShown() {
    return chromium().count("return document.querySelectorAll('.request').length");
  }

  /** Inserts requests as Nexo does. Writing so many messages would take long. */
  private void insert(int requests) throws SQLException {
    String url = "jdbc:sqlite:" + world().server().database() + "?busy_timeout=10000";
    try (Connection database = DriverManager.getConnection(url)) {
      database.setAutoCommit(false);
      try (PreparedStatement row =
          database.prepareStatement(
              "INSERT INTO pairing_pending (channel, account_id, sender_id, code, created_at)"
                  + " VALUES ('matrix', ?, ?, ?, ?)")) {
        for (int i = 0; i < requests; i++) {
          row.setString(1, "many" + i / 3);
          row.setString(2, "@many" + i + ".");
          row.setString(3, "MANY" + (char) ('A' + i / 100) + "A" + codeOf(i % 100));
          row.setLong(4, Instant.now().getEpochSecond());
          row.addBatch();
        }
        row.executeBatch();
      }
      database.commit();
    }
  }

  /** Two letters of the alphabet of codes for a number below 100. */
  private static String codeOf(int number) {
    return "" + (char) ('P' + number / 10) + (char) ('P' + number % 10);
  }

  private void awaitToast(String text) {
    await().atMost(Duration.ofSeconds(60)).until(() -> page().text(".toasts").contains(text));
  }
}
