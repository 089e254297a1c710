package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures requests of channels and operators to a server that has the senders of {@link
 * SenderIdLines} on {@code whatsapp:default}, and a few more on {@code telegram:default} and {@code
 * whatsapp:zebra}.
 */
final class LargeListScenario {

  private static final int LOOKUPS = 200;
  private static final int PAGES = 30;
  private static final int SCANS = 5;

  /** Senders with this or a higher number are not in the list. */
  private static final int STRANGERS = 500_000_000;

  private static final List<String> FILTERS =
      List.of(
          "", "&channel=whatsapp", "&account_id=default", "&channel=whatsapp&account_id=default");

  private final ServerClient operator;
  private final int rows;
  private final List<String> cursors = new ArrayList<>();
  private final long listed;
  private int asked;

  /**
   * Creates the scenario and reads the whole list once.
   *
   * @param rows the number of {@link SenderIdLines} that the server has
   * @param limit the page size
   */
  LargeListScenario(ServerClient operator, int rows, int limit) {
    this.operator = operator;
    this.rows = rows;
    String all = "/api/v1/allow-from?limit=" + limit;
    long seen = 0;
    for (String path = all; path != null; ) {
      JsonObject page = ask(path);
      seen += page.getJsonArray("allow").size();
      String next = page.getString("next", null);
      path = next == null ? null : all + "&cursor=" + next;
      cursors.add(next);
    }
    listed = seen;
  }

  /** The number of rows in the list, counted page by page. */
  long listed() {
    return listed;
  }

  /** Measures requests whose time must not depend on the number of rows. */
  Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    lookups(medians);
    // The second-to-last cursor leads to the last page, which is not full.
    Map<String, String> places = new LinkedHashMap<>();
    places.put("the first page", null);
    places.put("a page in the middle", cursors.get(cursors.size() / 2));
    places.put("the last whole page", cursors.get(cursors.size() - 3));
    for (String filter : FILTERS) {
      places.forEach(
          (place, cursor) -> {
            String path = "/allow-from?limit=100" + filter;
            page(medians, place + " " + filter, cursor == null ? path : path + "&cursor=" + cursor);
          });
    }
    page(medians, "a small account", "/allow-from?channel=whatsapp&account_id=zebra");
    page(medians, "the same, any channel", "/allow-from?account_id=zebra");
    page(medians, "a small channel", "/allow-from?channel=telegram");
    page(medians, "pairings", "/pairings");
    page(medians, "pairings, all of a small account", "/pairings?all=true&account_id=zebra");
    page(medians, "pending", "/pending");
    page(medians, "audit", "/audit");
    page(medians, "audit of a sender", "/audit?sender_id=%2B49100000005");
    medians.put("metrics", Medians.of(PAGES, i -> answer("/metrics")));
    medians.put("ready", Medians.of(PAGES, i -> answer("/health/ready")));
    medians.put("revoke on all accounts", Medians.of(PAGES, i -> revoke(next())));
    return medians;
  }

  /** Measures requests that read every row, so that their time grows with the rows. */
  Map<String, Double> scans() {
    Map<String, Double> medians = new LinkedHashMap<>();
    scan(medians, "search in vain", "/allow-from?q=nobody");
    scan(medians, "audit of a small account", "/audit?channel=whatsapp&account_id=zebra");
    scan(medians, "audit since later", "/audit?since=2099-01-01T00:00:00Z");
    return medians;
  }

  private void lookups(Map<String, Double> medians) {
    medians.put("explain, admitted", Medians.of(LOOKUPS, i -> explain(next(), true)));
    medians.put("explain, stranger", Medians.of(LOOKUPS, i -> explain(STRANGERS + i, false)));
    medians.put("inbound, not cached", Medians.of(LOOKUPS, i -> inbound(next(), "admit")));
    for (int slot = 0; slot < 3; slot++) {
      inbound(STRANGERS + slot, "challenge");
    }
    medians.put(
        "inbound, stranger, slots full",
        Medians.of(LOOKUPS, i -> inbound(STRANGERS + 1_000 + i, "drop")));
  }

  /** Senders spread over the whole list, without duplicates. */
  private int next() {
    // It has no factor in common with a power of ten, so it visits all rows before it repeats.
    return (int) ((asked++ * 618_033L) % rows);
  }

  private void page(Map<String, Double> medians, String what, String path) {
    medians.put(what.strip(), Medians.of(PAGES, i -> ask("/api/v1" + path)));
  }

  private void scan(Map<String, Double> medians, String what, String path) {
    medians.put(what, Medians.of(SCANS, i -> ask("/api/v1" + path)));
  }

  private void explain(int number, boolean admitted) {
    JsonObject answer =
        ask("/api/v1/explain?channel=whatsapp&sender_id=" + SenderIdLines.raw(number));
    assertThat(answer.getString("decision").equals("admit")).isEqualTo(admitted);
  }

  private void inbound(int number, String decision) {
    JsonObject message = sender(number).add("deliver", false).build();
    assertThat(operator.posted("/inbound", message).getString("decision")).isEqualTo(decision);
  }

  private void revoke(int number) {
    JsonObject sender = sender(number).add("all_accounts", true).build();
    assertThat(operator.posted("/allow-from/revoke", sender).getInt("revoked")).isEqualTo(1);
  }

  private static JsonObjectBuilder sender(int number) {
    return Json.createObjectBuilder()
        .add("channel", "whatsapp")
        .add("sender_id", SenderIdLines.raw(number));
  }

  private JsonObject ask(String path) {
    return answer(path).json();
  }

  private ServerClient.Answer answer(String path) {
    ServerClient.Answer answer = operator.get(path);
    assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
    return answer;
  }
}
