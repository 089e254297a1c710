package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.cli.CliRunner.Said;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.companion.CompanionCommand;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The JSON of every command, and the table of it in the guide. */
@DisplayName("JSON output of the operator commands")
class JsonOutputTest {

  private static final String KEY =
      "\"channel\":\"chat\",\"account_id\":\"a\",\"sender_id\":\"+1\"";
  private static final String AT = "\"2026-04-25T13:21:00Z\"";

  /** Members that strangers or plugins name. */
  private static final String OPAQUE = "meta";

  /** A row of the guide's table: the commands, and their members with or without a mark. */
  private static final Pattern ROW = Pattern.compile("\\| (`[^|]+`) \\| ([^|]+) \\|");

  private static final Pattern NAME = Pattern.compile("`([^`]+)`(\\?)?");

  @TempDir Path home;
  private StubServer server;

  @BeforeEach
  void start() {
    server = new StubServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A command in the guide, what is typed, the path that is called, and the response. */
  private static Arguments row(String command, String typed, String path, String response) {
    return Arguments.of(command, typed, path, response);
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        row(
            "start",
            "start",
            "/setup-codes",
            "{\"setup_id\":\"s\",\"bootstrap_token\":\"t\",\"expires_at\":"
                + AT
                + ",\"payload\":\"p\",\"url\":\"wss://x\",\"url_source\":\"configured\"}"),
        row("list", "list", "/pending", "{\"pending\":[{" + KEY + ",\"meta\":{\"isGroup\":1}}]}"),
        row(
            "messages",
            "messages K7M3XQ9P",
            "/pending/K7M3XQ9P/messages",
            "{\"request_id\":\"r\",\"messages\":[],\"too_large\":false}"),
        row(
            "approve",
            "approve K7M3XQ9P",
            "/pending/K7M3XQ9P/approve",
            "{" + KEY + ",\"approved_at\":" + AT + "}"),
        row(
            "deny",
            "deny K7M3XQ9P",
            "/pending/K7M3XQ9P/deny",
            "{" + KEY + ",\"denied_at\":" + AT + "}"),
        row("revoke", "revoke chat:+1", "/allow-from/revoke", "{\"revoked\":0}"),
        row(
            "seed",
            "seed chat a +1",
            "/allow-from/seed",
            "{\"seeded\":1,\"rejected\":[],\"rejected_count\":0}"),
        row(
            "update",
            "update chat a +1 --note x",
            "/allow-from/update",
            "{"
                + KEY
                + ",\"approved_at\":"
                + AT
                + ",\"approved_via\":\"cli\",\"role\":\"member\",\"labels\":[]}"),
        row("block", "block chat a +1", "/blocked/block", "{\"blocked\":1}"),
        row("unblock", "unblock chat a +1", "/blocked/unblock", "{\"unblocked\":1}"),
        row(
            "denied",
            "denied",
            "/denied",
            "{\"denied\":[{" + KEY + ",\"denied_at\":" + AT + ",\"denied_until\":" + AT + "}]}"),
        row(
            "blocked",
            "blocked",
            "/blocked",
            "{\"blocked\":[{" + KEY + ",\"blocked_at\":" + AT + "}]}"),
        row("dropped", "dropped", "/dropped", "{\"dropped\":[],\"total\":0}"),
        row(
            "dropped block",
            "dropped block chat a +1",
            "/dropped/decide",
            "{\"results\":[{" + KEY + ",\"result\":\"done\"}]}"),
        row("unlock", "unlock", "/locks", "{\"locks\":[]}"),
        row("unlock <address or login>", "unlock operator", "/locks/unlock", "{\"unlocked\":1}"),
        row("sessions", "sessions", "/sessions", "{\"sessions\":[]}"),
        row("sessions --revoke", "sessions --revoke abc", "/sessions/abc", ""),
        row("notices", "notices", "/notices", "{\"ways\":[]}"),
        row(
            "notices --test",
            "notices --test webhook",
            "/notices/test",
            "{\"way\":\"webhook\",\"delivered\":true}"),
        row("policies", "policies", "/policies", "{\"general\":{},\"policies\":[],\"more\":false}"),
        row(
            "texts",
            "texts chat a",
            "/messages",
            "{\"language\":\"en\",\"languages\":[\"en\"],\"messages\":[]}"),
        row(
            "explain",
            "explain chat a +1",
            "/explain",
            "{\"sender_id\":\"+1\",\"decision\":\"drop\",\"reason\":\"blocked\"}"),
        row("audit", "audit --limit 1", "/audit", "{\"audit\":[{\"id\":2},{\"id\":1}]}"),
        row(
            "dry-run",
            "dry-run chat a +1",
            "/allow-from/dry-run",
            "{\"admit\":[],\"challenge\":[\"+1\"],\"rejected\":[]}"),
        row(
            "import",
            "import csv people.csv --dry-run",
            "/explain",
            "{\"sender_id\":\"+1\",\"decision\":\"challenge\",\"reason\":\"unknown_sender\"}"),
        row("doctor", "doctor", "/doctor", "{\"checks\":[]}"),
        row("completion", "completion bash", null, null),
        row("help", "help", null, null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  @DisplayName("A command prints one object with the members that the guide lists")
  void members(String command, String typed, String path, String response) throws IOException {
    if (path != null) {
      server.on(path, response.isEmpty() ? 204 : 200, response);
    }
    String people = "channel,account_id,sender_id\nchat,a,+1\n";
    Path file = Files.writeString(home.resolve("people.csv"), people);
    JsonObject json = run(typed.replace("people.csv", file.toString()));
    compare(command, json);
  }

  @Test
  @DisplayName("backup and restore print one object with the members that the guide lists")
  void backup() throws IOException {
    byte[] head =
        Arrays.copyOf(
            "SQLite format 3\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 100);
    head[18] = 2;
    head[19] = 2;
    Files.createDirectories(home.resolve(".nexo/data"));
    Files.write(home.resolve(".nexo/data/pairing.db"), head);
    Path zip = home.resolve("b.zip");
    JsonObject backup = run("backup " + zip);
    compare("backup", backup);
    assertThat(backup.getBoolean("server_running")).isFalse();
    JsonObject restore = run("restore " + zip);
    compare("restore", restore);
    assertThat(restore.getJsonArray("kept")).hasSize(1);
    assertThat(Path.of(restore.getJsonArray("kept").getString(0))).exists();
  }

  @Test
  @DisplayName("Every command is in the guide's table and in this test")
  void everyCommand() throws IOException {
    List<String> tested = new ArrayList<>(List.of("backup", "restore", "watch"));
    commands().forEach(row -> tested.add(((String) row.get()[0]).split(" ")[0]));
    assertThat(tested).containsAll(Commands.ALL.keySet());
    assertThat(guide().keySet().stream().map(name -> name.split(" ")[0]))
        .containsAll(Commands.ALL.keySet());
  }

  @Test
  @DisplayName("Every command of both programs has --json")
  void everyCommandHasIt() {
    JsonArray commands = run("help").getJsonArray("commands");
    assertThat(commands).hasSameSizeAs(Commands.ALL.keySet());
    for (JsonObject command : commands.getValuesAs(JsonObject.class)) {
      assertThat(command.getJsonArray("options").toString())
          .as(command.getString("name"))
          .contains("\"--json\"");
    }
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    CommandLine companion =
        new CommandLine(new CompanionCommand(new CliRunner(home).around(nowhere, nowhere)));
    assertThat(companion.getSubcommands()).isNotEmpty();
    companion
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getCommandSpec().findOption("--json")).as(name).isNotNull());
  }

  @Test
  @DisplayName("The audit trail ends after --limit rows, and the filter is passed on")
  void limit() {
    server.on("/audit", 200, "{\"audit\":[{\"id\":2},{\"id\":1}],\"next\":\"c\"}");
    assertThat(run("audit --limit 1 --channel chat --account a").getJsonArray("audit")).hasSize(1);
    assertThat(server.calls()).hasSize(1);
    assertThat(server.calls().get(0).line()).contains("channel=chat", "account_id=a", "limit=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list --all", "list --inactive 90d", "denied", "blocked", "dropped", "audit"})
  @DisplayName("An empty list of a mistyped channel is a warning that names the channel meant")
  void mistyped(String command) {
    emptyLists();
    server.on(
        "/explain",
        200,
        "{\"decision\":\"drop\",\"warnings\":[{\"reason\":\"sender_id\",\"text\":\"Odd.\"},"
            + "{\"reason\":\"unknown_channel\",\"text\":\"Did you mean chat?\"}]}");
    Said said = shell(command + " --channel chatt");
    assertThat(said.code()).isZero();
    assertThat(said.err()).isEqualTo("Warning: Did you mean chat?\n");
    assertThat(server.calls())
        .anyMatch(call -> call.line().startsWith("GET /explain?channel=chatt&sender_id=0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list --all", "list --inactive 90d", "denied", "blocked", "dropped", "audit"})
  @DisplayName("An empty list of an account alone says that the name was not checked")
  void uncheckedAccount(String command) {
    emptyLists();
    assertThat(shell(command + " --account wrok").err())
        .isEqualTo("Warning: The account wrok was not checked. Name its channel with --channel.\n");
  }

  private void emptyLists() {
    for (String list : List.of("pending", "allow", "denied", "blocked", "dropped", "audit")) {
      String path = list.equals("allow") ? "/allow-from" : "/" + list;
      server.on(path, 200, "{\"" + list + "\":[]}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dropped approve chatt a +1, /dropped/decide, would be admitted where it never writes",
    "dropped deny chatt a +1, /dropped/decide, would get through elsewhere",
    "dropped block chatt a +1, /dropped/decide, would get through elsewhere as well",
    "dry-run chatt a +1, /allow-from/dry-run, would be challenged by a wrong policy",
  })
  @DisplayName("A decision about senders of a mistyped channel comes with a warning")
  void mistypedDecision(String command, String path, String why) {
    server.on(path, 200, "{\"results\":[],\"admit\":[],\"challenge\":[\"+1\"],\"rejected\":[]}");
    server.on(
        "/explain",
        200,
        "{\"decision\":\"drop\",\"warnings\":"
            + "[{\"reason\":\"unknown_channel\",\"text\":\"Did you mean chat?\"}]}");
    Said said = shell(command);
    assertThat(said.code()).as(why).isZero();
    assertThat(said.err()).as(why).isEqualTo("Warning: Did you mean chat?\n");
    assertThat(said.out()).as(why).doesNotContain("Did you mean");
    // Before the decision, which makes the account known.
    assertThat(server.calls())
        .as(why)
        .extracting(StubServer.Call::line)
        .first()
        .asString()
        .startsWith("GET /explain?channel=chatt&account_id=a&sender_id=0");
  }

  @Test
  @DisplayName("revoke names the accounts, and seed the rejected senders and the warnings")
  void details() {
    server.on("/allow-from/revoke", 200, "{\"revoked\":1}");
    server.on("/audit", 200, "{\"audit\":[{\"action\":\"revoked\",\"account_id\":\"a\"}]}");
    assertThat(run("revoke chat:+1").getJsonArray("accounts").getString(0)).isEqualTo("a");
    server.on(
        "/allow-from/seed",
        200,
        "{\"seeded\":0,\"rejected\":[{\"sender_id\":\"x\",\"reason\":\"not_a_number\"}],"
            + "\"rejected_count\":1,\"warnings\":[{\"reason\":\"unknown_channel\",\"text\":\"Odd.\"}]}");
    Said said = shell("seed chat a x");
    assertThat(said.code()).isEqualTo(1);
    JsonObject seeded = parsed(said);
    assertThat(seeded.getJsonArray("rejected").getJsonObject(0).getString("sender_id"))
        .isEqualTo("x");
    assertThat(seeded.getJsonArray("warnings").getJsonObject(0).getString("reason"))
        .isEqualTo("unknown_channel");
  }

  private Said shell(String typed) {
    return new CliRunner(home)
        .with("NEXO_PAIR_SERVER", server.url())
        .with("NEXO_PAIR_PASSWORD", "a-password-of-the-test")
        .run((typed + " --json").split(" "));
  }

  private JsonObject run(String typed) {
    Said said = shell(typed);
    assertThat(said.code()).as(said.err()).isZero();
    return parsed(said);
  }

  private static JsonObject parsed(Said said) {
    JsonObject json = Json.read(said.out()).orElseThrow(() -> new AssertionError(said.out()));
    assertThat(said.out()).startsWith("{\n  \"").endsWith("\n}\n");
    snakeCase(json);
    return json;
  }

  private static void snakeCase(JsonValue value) {
    if (value instanceof JsonObject object) {
      assertThat(object.keySet()).allMatch(name -> name.matches("[a-z0-9_]+"));
      object.forEach(
          (name, member) -> {
            if (!name.equals(OPAQUE)) {
              snakeCase(member);
            }
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(JsonOutputTest::snakeCase);
    }
  }

  private static void compare(String command, JsonObject json) throws IOException {
    Map<String, Boolean> members = guide().get(command);
    assertThat(members).as("the guide's row of " + command).isNotNull();
    assertThat(members.keySet()).containsAll(json.keySet());
    members.forEach(
        (name, optional) -> assertThat(optional || json.containsKey(name)).as(name).isTrue());
  }

  /** The members of each command in the guide, and whether they are optional. */
  private static Map<String, Map<String, Boolean>> guide() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/site/markdown/cli.md"));
    Map<String, Map<String, Boolean>> guide = new HashMap<>();
    lines
        .subList(lines.indexOf("<!-- json: begin -->") + 3, lines.indexOf("<!-- json: end -->"))
        .forEach(
            line -> {
              Matcher row = ROW.matcher(line);
              assertThat(row.matches()).as(line).isTrue();
              Map<String, Boolean> members = new HashMap<>();
              // What is behind a colon or in parentheses describes a member.
              String listed =
                  row.group(2).replaceAll("\\([^)]*\\)", "").replaceFirst("^the row[^:]*: ", "");
              Matcher member = NAME.matcher(listed.replaceFirst(":.*", ""));
              while (member.find()) {
                members.put(member.group(1), "?".equals(member.group(2)));
              }
              Matcher command = NAME.matcher(row.group(1));
              while (command.find()) {
                guide.put(command.group(1), members);
              }
            });
    return guide;
  }
}
