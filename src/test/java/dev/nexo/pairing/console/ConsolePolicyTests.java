package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The page with the policy of each account. */
interface ConsolePolicyTests extends ConsoleExtension {

  @Test
  @DisplayName("The policy of each account is shown, and what differs from the general one")
  default void policyOfAccounts() {
    String general =
        "Strangers: need your approval | Challenge: sent to the stranger | Challenges an hour: 100,000"
            + " | Groups: are dropped | First messages held: 0"
            + " | The sender is notified: after an approval";
    String ofClub =
        general.replace("Groups: are dropped", "Groups: need an approval of their own Differs");
    JsonObject club =
        Json.createObjectBuilder()
            .add("channel", ConsoleWorld.CHANNEL)
            .add("account_id", "club")
            .add("sender_ids", Json.createArrayBuilder().add("@policy"))
            .build();
    world().operator().posted("/allow-from/seed", club);
    page().load("policies").awaitLive();
    page().row("matrix, account club");
    page().row("Telegram, account default");
    assertThat(values("section.block")).isEqualTo(general);
    page().fill("Account", "club");
    page().until("one account", () -> headings().equals(List.of("matrix, account club")));
    assertThat(values("main li")).isEqualTo(ofClub);
    page().fill("Channel", "telegram");
    page().until("no telegram", () -> headings().equals(List.of("Telegram, account club")));
    assertThat(values("main li")).isEqualTo(general);
    assertThat(page().text("main li")).contains("Unknown account");
    page().fill("Channel", "matrix");
    page().until("one of matrix", () -> headings().equals(List.of("matrix, account club")));
    assertThat(page().text("main li")).doesNotContain("Unknown account");
    page().fill("Account", "nobody uses this");
    page().awaitText("main .note", "Invalid input");
  }

  @Test
  @DisplayName("Open accounts are marked, and strings of the server stay text")
  default void openAndUntrusted() {
    answer(
        """
        {"general":{"auto_challenge":false,"challenge":"reply","challenges_per_hour":1000,
           "groups":"drop","hold_messages":0,"notify_requester":[]},
         "policies":[
          {"channel":"constructor","account_id":"<b id=injected>\\u202egnp","auto_challenge":true,
           "challenge":"constructor","challenges_per_hour":1000,"groups":"<i id=injected>",
           "hold_messages":5,"notify_requester":["denied","expired","toString"]}],
         "more":true}
        """);
    assertThat(values("section.block"))
        .isEqualTo(
            "Strangers: everyone is admitted | Challenge: sent to the stranger"
                + " | Challenges an hour: 1,000 | Groups: are dropped | First messages held: 0"
                + " | The sender is notified: never");
    assertThat(page().text("section.block .tag.odd")).isEqualTo("everyone is admitted");
    assertThat(headings()).containsExactly("constructor, account <b id=injected>gnp");
    assertThat(values("main li"))
        .isEqualTo(
            "Strangers: need your approval Differs | Challenge: constructor Differs"
                + " | Challenges an hour: 1,000 | Groups: <i id=injected> Differs"
                + " | First messages held: 5 Differs | The sender is notified:"
                + " after a denial, after the code has expired, toString Differs");
    assertThat(page().text("main .note")).contains("There are more accounts.");
    page().awaitNo("#injected");
    assertThat(PageFaults.of(chromium())).isEmpty();
  }

  /** Opens the page with this answer of the server. */
  private void answer(String json) {
    page().load("more").awaitLive();
    chromium()
        .run(
            "const json = arguments[0]; const real = window.fetch; window.fetch = (url, options) =>"
                + " String(url).endsWith('/policies') ? Promise.resolve(new Response(json))"
                + " : real(url, options)",
            json);
    page().go("policies");
    page().until("policies", () -> chromium().holds(ConsoleAppearanceTests.SETTLED, "policies"));
  }

  private List<String> headings() {
    return chromium()
        .lines("return [...document.querySelectorAll('main li h3')].map((one) => one.textContent)");
  }

  /** The values of the first policy in an element. */
  private String values(String selector) {
    return chromium()
        .text(
            "return [...document.querySelector(arguments[0]).querySelectorAll('dt')].map((one) =>"
                + " one.textContent + ': ' + one.nextSibling.textContent).join(' | ')",
            selector);
  }
}
