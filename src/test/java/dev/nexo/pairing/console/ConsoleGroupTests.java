package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Groups, and the people in them. */
interface ConsoleGroupTests extends ConsoleExtension {

  private String writeInClub(String sender) {
    JsonObject message =
        Json.createObjectBuilder()
            .add("channel", ConsoleWorld.CHANNEL)
            .add("account_id", "club")
            .add("sender_id", sender)
            .add("text", "May I?")
            .add("meta", Json.createObjectBuilder().add("chat_id", "club").add("is_group", true))
            .build();
    JsonObject answer = world().operator().posted("/inbound", message);
    return answer.getString("decision") + ' ' + answer.getString("reason", "");
  }

  @Test
  @DisplayName("A group is limited to its approved members, and who is dropped is admitted there")
  default void members() {
    JsonObject club =
        Json.createObjectBuilder()
            .add("channel", ConsoleWorld.CHANNEL)
            .add("account_id", "club")
            .add("sender_ids", Json.createArrayBuilder().add("group:club"))
            .build();
    world().operator().posted("/allow-from/seed", club);
    assertThat(writeInClub("@member")).isEqualTo("admit ");
    page().load("allowed?account_id=club");
    assertThat(page().row("group:club").getText()).contains("a group, all members");
    page().press("group:club", "Edit");
    page().choose("Who is admitted in the group", "Approved members only");
    page().press("Save");
    page().awaitNo("dialog");
    page()
        .until(
            "the limit",
            () -> page().row("group:club").getText().contains("approved members only"));
    assertThat(writeInClub("@member")).isEqualTo("drop group");

    page().load("dropped?account_id=club").awaitLive();
    assertThat(page().row("@member").getText()).contains("In the group group:club", "May I?");
    page().press("@member", "Admit");
    page().until("the member writes", () -> writeInClub("@member").equals("admit "));
    assertThat(writeInClub("@guest")).isEqualTo("drop group");
  }
}
