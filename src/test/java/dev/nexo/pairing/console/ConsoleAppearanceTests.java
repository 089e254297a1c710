package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.console.Chromium.Screen;
import jakarta.json.Json;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The appearance and accessibility of every view. */
interface ConsoleAppearanceTests extends ConsoleExtension {

  /** Each of them, with what it is asked to show. */
  List<String> VIEWS =
      List.of(
          "pending",
          "allowed",
          "review?days=7",
          "denied",
          "blocked",
          "dropped",
          "pair",
          "sessions",
          "activity",
          "audit",
          "explain?channel=matrix&account_id=looks&sender_id=@anna",
          "policies",
          "notices",
          "texts",
          "health",
          "more");

  @Test
  @Timeout(240)
  @DisplayName("Every view fits each screen, dark and light, and is accessible")
  default void everyViewOnEveryScreen() {
    furnish();
    page().load("pending").awaitLive();
    for (String view : VIEWS) {
      String name = view.replaceFirst("\\?.*", "");
      page().go(name);
      page().load(view).awaitLive();
      page().until(view, () -> chromium().holds(SETTLED, name));
      look(name);
    }
  }

  /** Whether a view has got from the server what it shows. */
  String SETTLED =
      "return Boolean(document.querySelector(`[data-view=\"${arguments[0]}\"]`))"
          + " && !document.querySelector('main [aria-busy=true]')"
          + " && ![...document.querySelectorAll('main p')].some((p) => p.textContent ==="
          + " 'Loading…')";

  /** Keeps pictures of what is shown on every screen, and asks for its faults. */
  default void look(String name) {
    for (Screen screen : Screen.values()) {
      for (String scheme : List.of("light", "dark")) {
        chromium().become(screen, scheme);
        String picture = name + "-" + screen.width + "-" + scheme;
        chromium().picture(picture);
        boolean light = scheme.equals("light");
        assertThat(light ? PageFaults.of(chromium()) : PageFaults.ofContrast(chromium()))
            .as(picture)
            .isEmpty();
      }
    }
  }

  @Test
  @DisplayName("An empty view says what to do next")
  default void emptyViews() {
    page().go("sessions").go("allowed");
    page().fill("Search", "nobody has this name");
    page().awaitText(".empty", "No matching senders");
  }

  private void furnish() {
    world().write("looks", "@anna", "Hi, this is Anna from the bakery. May I order here?");
    world().write("looks", "@bert", "Me too");
    world()
        .operator()
        .posted(
            "/allow-from/seed",
            Json.createObjectBuilder()
                .add("channel", "whatsapp")
                .add("sender_ids", Json.createArrayBuilder(List.of("+15550001111", "+15550002222")))
                .build());
    world()
        .operator()
        .posted(
            "/blocked/block",
            Json.createObjectBuilder()
                .add("channel", "matrix")
                .add("account_id", "looks")
                .add("sender_id", "@windows")
                .add("reason", "Sells windows")
                .build());
    world().write("looks", "@windows", "Best windows in town");
    world().write("looks-2", "@doors", "Best doors in town");
    String doors = world().pending().get(world().pending().size() - 1).getString("request_id");
    world().operator().post("/pending/" + doors + "/deny");
  }
}
