package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The search in the lists of blocked, denied and dropped senders. */
interface ConsoleSearchTests extends ConsoleExtension {

  @Test
  @DisplayName("Blocked, denied and dropped senders are searched by id, reason and message")
  default void searchDecided() {
    world().denyAll();
    world().write("sought", "@zoe");
    world().denyLast("{\"reason\":\"Sells Wínes\"}");
    world().write("sought", "@yan");
    world().denyLast("{}");
    block("@loud", "insults");
    block("@windows", "sells windows");
    world().write("sought", "@loud", "Hey you");
    world().write("sought", "@windows", "Best windows");
    String[][] searches = {
      {"denied", "wínes", "@zoe"},
      {"denied", "@YAN", "@yan"},
      {"denied", "nobody", ""},
      {"blocked", "insult", "@loud"},
      {"blocked", "@win", "@windows"},
      {"dropped", "hey", "@loud"},
      {"dropped", "BEST", "@windows"},
      {"dropped", "this sender is blocked", "@loud @windows"}
    };
    for (String[] each : searches) {
      page().load(each[0] + "?account_id=sought").awaitLive();
      page().fill("Search", each[1]);
      page().until(each[0] + " by " + each[1], () -> names().equals(each[2]));
    }
    page().load("denied?account_id=sought&q=nobody").awaitText(".empty", "No matching senders");
    assertThat(PageFaults.of(chromium())).isEmpty();
  }

  private void block(String sender, String reason) {
    JsonObject call =
        Json.createObjectBuilder()
            .add("channel", ConsoleWorld.CHANNEL)
            .add("account_id", "sought")
            .add("sender_id", sender)
            .add("reason", reason)
            .build();
    world().operator().posted("/blocked/block", call);
  }

  private String names() {
    return String.join(
        " ",
        chromium()
            .lines(
                "return [...document.querySelectorAll('main li h2')].map((one) =>"
                    + " one.textContent).sort()"));
  }

  @Test
  @DisplayName("A search reads on through a long list until it has found something")
  default void searchReadsOn() throws SQLException {
    String url = "jdbc:sqlite:" + world().server().database() + "?busy_timeout=10000";
    try (Connection database = DriverManager.getConnection(url)) {
      database.setAutoCommit(false);
      try (PreparedStatement row =
          database.prepareStatement(
              "INSERT INTO pairing_blocked (channel, account_id, sender_id, blocked_at, reason)"
                  + " VALUES ('matrix', 'long', ?, ?, ?)")) {
        for (int i = 0; i < 2100; i++) {
          row.setString(1, "@long" + i);
          row.setLong(2, Instant.now().getEpochSecond() - i);
          row.setString(3, i % 2050 == 5 ? "a needle" : "hay");
          row.addBatch();
        }
        row.executeBatch();
      }
      database.commit();
      page().load("blocked?account_id=long").awaitLive().row("@long0");
      page().fill("Search", "needle");
      page().until("both", () -> names().equals("@long2055 @long5"));
      page().fill("Search", "hay");
      page().awaitText(".more", "Show more");
      try (PreparedStatement rows =
          database.prepareStatement("DELETE FROM pairing_blocked WHERE account_id = 'long'")) {
        rows.executeUpdate();
      }
      database.commit();
    }
  }
}
