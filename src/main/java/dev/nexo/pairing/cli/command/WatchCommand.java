package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.EventSubscription;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PagedRows;
import dev.nexo.pairing.cli.client.ServerEvent;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code watch}: lists pending requests, and then each change as it happens. */
@Command(
    name = "watch",
    description = "List pending requests, then print each change until you press Ctrl-C.",
    footer = {
      "",
      "A lost connection is opened again, and continues after the last event.",
      "With --json, each line is an object.",
      "",
      "Examples:",
      "  nexo-pair watch",
      "  nexo-pair watch --channel whatsapp",
      "  nexo-pair watch --json | jq --unbuffered -r .data.sender_id"
    })
public final class WatchCommand extends PairSubcommand {

  private static final String PENDING = "pending";
  private static final String RESET = "reset";
  private static final int TEXT_LENGTH = 80;

  @Mixin private FilterOptions filter;

  /** Listed requests without an event so far. If a request is new, its event can follow its row. */
  private final Set<String> listed = new HashSet<>();

  private Table table;

  @Override
  public Integer call() throws InterruptedException {
    table = new Table(around(), 23, 10, 10, 14, 16, 24);
    new EventSubscription(api(), new Printer()).run();
    return DONE;
  }

  /** Prints what the subscription reports. */
  private final class Printer implements EventSubscription.Listener {

    @Override
    public void opened() {
      if (!json()) {
        table.head("AT", "EVENT", "CODE", "CHANNEL", "ACCOUNT", "SENDER", "DETAIL");
      }
      if (!listPending()) {
        warned(filter.checked(api()));
        err().flush();
      }
    }

    @Override
    public boolean event(ServerEvent event) {
      if (event.name().equals(RESET)) {
        reset(event);
      } else if (isWanted(event.data()) && isNew(event)) {
        show(event);
      }
      out().flush();
      return !around().isOutputClosed();
    }

    @Override
    public void lost(String reason) {
      note("The connection is lost (" + TerminalText.of(reason) + "). Connecting again.");
    }

    @Override
    public void openedAgain() {
      note("Connected again.");
    }
  }

  private void note(String line) {
    out().flush();
    err().println("nexo-pair: " + line);
    err().flush();
  }

  private void reset(ServerEvent event) {
    if (json()) {
      show(event);
    }
    note("Events were missed. All pending requests are listed again.");
    listPending();
  }

  /** Prints the pending requests, and returns whether there are any. */
  private boolean listPending() {
    listed.clear();
    PagedRows rows = new PagedRows(api(), () -> filter.of("/pending"), PENDING);
    while (rows.hasNext()) {
      JsonObject row = rows.next();
      listed.add(key(row));
      show(new ServerEvent(null, PENDING, row));
    }
    out().flush();
    return !listed.isEmpty();
  }

  private static String key(JsonObject row) {
    return SenderParameters.shown(row);
  }

  private boolean isWanted(JsonObject data) {
    return isWanted(filter.channel, data, "channel")
        && isWanted(filter.account, data, "account_id");
  }

  private static boolean isWanted(String wanted, JsonObject data, String name) {
    return wanted == null || wanted.equals(Json.text(data, name));
  }

  private boolean isNew(ServerEvent event) {
    boolean ofSender = Json.text(event.data(), "sender_id") != null;
    boolean shown = ofSender && listed.remove(key(event.data()));
    return !shown || !event.name().equals(PENDING);
  }

  private void show(ServerEvent event) {
    JsonObject data = event.data();
    if (json()) {
      JsonObjectBuilder line = Json.object().add("data", data).add("event", event.name());
      Json.add(line, "id", event.id());
      out().println(Json.line(line.build()));
      return;
    }
    table.row(
        at(event),
        event.name(),
        Json.text(data, "code"),
        Json.text(data, "channel"),
        Json.text(data, "account_id"),
        Json.text(data, "sender_id"),
        detail(data));
  }

  /** Returns the time of a change, or the current time if the event contains none. */
  private String at(ServerEvent event) {
    String name = event.name().equals(PENDING) ? "created_at" : event.name() + "_at";
    String at = time(event.data(), name);
    return at == null
        ? Table.time(Instant.now(around().clock()).truncatedTo(ChronoUnit.SECONDS).toString())
        : at;
  }

  /** Returns the state and device of a code or session; of other events, the reason or the text. */
  private static String detail(JsonObject data) {
    String state = Json.text(data, "state");
    if (state != null) {
      String device = Json.text(data, "device_label");
      return device == null ? state : state + " " + device;
    }
    String reason = Json.text(data, "reason");
    String text = reason == null ? Json.text(data, "text") : reason;
    return text == null ? null : TerminalText.of(text, TEXT_LENGTH);
  }
}
