package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.cli.CliRunner.Said;
import dev.nexo.pairing.cli.client.Exchange;
import dev.nexo.pairing.cli.client.Seeder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** The texts, tables and shapes that scripts rely on, against a server that only pretends. */
@DisplayName("Operator commands")
class CommandsTest {

  private static final String PENDING =
      "{\"request_id\":\"r1\",\"channel\":\"whatsapp\",\"account_id\":\"default\",\"sender_id\":\"+1555\","
          + "\"code\":\"K7M3XQ9P\",\"created_at\":\"2026-04-25T13:21:00Z\","
          + "\"expires_at\":\"2026-04-25T14:21:00Z\",\"meta\":{}}";

  private static final String ALLOWED =
      "{\"channel\":\"telegram\",\"account_id\":\"my_bot\",\"sender_id\":\"123\","
          + "\"approved_at\":\"2026-04-24T08:00:00Z\",\"approved_via\":\"cli\"}";

  private static final String NONE_PENDING = "{\"pending\":[]}";
  private static final String NONE_ALLOWED = "{\"allow\":[]}";

  @TempDir Path home;
  private StubServer server;
  private CliRunner shell;

  @BeforeEach
  void start() {
    server = new StubServer();
    shell =
        new CliRunner(home)
            .with("NEXO_PAIR_SERVER", server.url())
            .with("NEXO_PAIR_PASSWORD", "a-password-of-the-test");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("Every command is registered under the name of its annotation")
  void commandNames() {
    Commands.ALL.forEach(
        (name, type) -> assertThat(type.getAnnotation(Command.class).name()).isEqualTo(name));
  }

  @Test
  @DisplayName("list says that there are no pending requests")
  void listEmpty() {
    server.on("/pending", 200, NONE_PENDING);
    assertThat(shell.run("list")).isEqualTo(new Said(0, "No pending pairing requests.\n", ""));
  }

  @Test
  @DisplayName("list prints the same table as Nexo")
  void listTable() {
    server.on("/pending", 200, "{\"pending\":[" + PENDING + "]}");
    assertThat(shell.run("list").out())
        .isEqualTo(
            "CODE        CHANNEL         ACCOUNT           CREATED                     SENDER\n"
                + "K7M3XQ9P    whatsapp        default           2026-04-25 13:21:00 UTC  +1555\n");
  }

  @Test
  @DisplayName("list names near twins on standard error, and keeps Nexo's table")
  void listTwins() {
    String twin = PENDING.replace("\"meta\"", "\"near_twins\":[\"+155\\u001b5\"],\"meta\"");
    server.on("/pending", 200, "{\"pending\":[" + PENDING + "," + twin + "]}");
    Said said = shell.run("list");
    assertThat(said.out().lines()).hasSize(3).noneMatch(line -> line.contains("admitted"));
    assertThat(said.err())
        .isEqualTo(
            "Hint: whatsapp:default:+1555 may be the admitted +1555. Check before you approve.\n");
  }

  @Test
  @DisplayName("dropped lists the senders, and says that there are none")
  void droppedList() {
    server.on(
        "/dropped",
        200,
        "{\"dropped\":[{\"channel\":\"whatsapp\",\"account_id\":\"default\",\"sender_id\":\"+1555\","
            + "\"reason\":\"max_pending\",\"count\":3,\"first_at\":\"2026-04-25T13:20:00Z\","
            + "\"last_at\":\"2026-04-25T13:21:00Z\",\"text\":\"hi\"}],\"total\":1}");
    assertThat(shell.run("dropped").out())
        .contains("LAST", "2026-04-25 13:21:00 UTC", "+1555", "max_pending", "hi");
    server.on("/dropped", 200, "{\"dropped\":[],\"total\":0}");
    assertThat(shell.run("dropped", "list", "--reason", "budget"))
        .isEqualTo(new Said(0, "No dropped messages.\n", ""));
  }

  @Test
  @DisplayName("dropped approve names each rejected sender, and fails if there is one")
  void droppedDecide() {
    server.on(
        "/dropped/decide",
        200,
        "{\"results\":[{\"channel\":\"chat\",\"account_id\":\"a\",\"sender_id\":\"x\",\"result\":\"done\"},"
            + "{\"channel\":\"chat\",\"account_id\":\"a\",\"sender_id\":\"y\\u001b\","
            + "\"result\":\"rejected\",\"reason\":\"blocked\"}]}");
    Said said = shell.run("dropped", "approve", "chat", "a", "x", "y");
    assertThat(said).isEqualTo(new Said(1, "Approved 1 sender(s)\n", "Rejected: y (blocked)\n"));
    assertThat(shell.run("dropped", "approve", "chat").code()).isEqualTo(1);
    assertThat(shell.run("dropped", "admit", "chat", "a", "x").err()).contains("must be list");
  }

  @Test
  @DisplayName("unlock lists the locks of this server, and ends those of an address or a login")
  void unlock() {
    server.on(
        "/locks",
        200,
        "{\"locks\":[{\"address\":\"192.0.2.1\",\"kind\":\"password\",\"login\":\"operator\",\"seconds\":42}]}");
    assertThat(shell.run("unlock").out()).contains("ADDRESS", "192.0.2.1", "42", "operator");
    server.on("/locks", 200, "{\"locks\":[]}");
    assertThat(shell.run("unlock"))
        .isEqualTo(new Said(0, "Nobody is locked on this server.\n", ""));
    server.on("/locks/unlock", 200, "{\"unlocked\":1}");
    assertThat(shell.run("unlock", "192.0.2.1"))
        .isEqualTo(new Said(0, "Unlocked 192.0.2.1 on this server\n", ""));
    server.on("/locks/unlock", 200, "{\"unlocked\":0}");
    assertThat(shell.run("unlock", "operator"))
        .isEqualTo(new Said(0, "Not locked on this server: operator\n", ""));
  }

  @Test
  @DisplayName("A warning names the sender that it is about")
  void senderWarnings() {
    server.on(
        "/allow-from/seed",
        200,
        "{\"seeded\":1,\"rejected\":[],\"rejected_count\":0,\"warnings\":[{\"text\":\"No"
            + " account.\"},{\"sender_id\":\"@a\\u001b\",\"text\":\"A name.\"}]}");
    assertThat(shell.run("seed", "telegram", "default", "@a").err())
        .isEqualTo("Warning: No account.\nWarning: @a: A name.\n");
  }

  @Test
  @DisplayName("list --all prints pending requests and allowlisted senders")
  void listAll() {
    server
        .on("/pending", 200, NONE_PENDING)
        .on("/allow-from", 200, "{\"allow\":[" + ALLOWED + "]}");
    assertThat(
            shell.run("pair", "list", "--all", "--include-revoked", "--channel", "telegram").out())
        .isEqualTo(
            """
            No pending pairing requests.

            CHANNEL         ACCOUNT           SENDER                    VIA         APPROVED                    REVOKED
            telegram        my_bot            123                       cli         2026-04-24 08:00:00 UTC  -
            """);
    assertThat(server.calls())
        .extracting(StubServer.Call::line)
        .containsExactly(
            "GET /pending?channel=telegram&limit=1000",
            "GET /allow-from?channel=telegram&include_revoked=true&limit=1000");
  }

  @Test
  @DisplayName("list --all says that both lists are empty")
  void listAllEmpty() {
    server.on("/pending", 200, NONE_PENDING).on("/allow-from", 200, NONE_ALLOWED);
    assertThat(shell.run("list", "--all").out())
        .isEqualTo("No pending pairing requests.\n\nNo allowlisted senders.\n");
  }

  @Test
  @DisplayName("list reads all pages")
  void listPages() {
    server
        .on("/pending", 200, "{\"pending\":[" + PENDING + "],\"next\":\"a b\"}")
        .on("/pending", 200, "{\"pending\":[" + PENDING + "]}");
    assertThat(shell.run("list").out().lines()).hasSize(3);
    assertThat(server.calls().get(1).line()).isEqualTo("GET /pending?limit=1000&cursor=a%20b");
  }

  @Test
  @DisplayName("list --json prints both lists, indented by two spaces")
  void listJson() {
    server.on("/pending", 200, "{\"pending\":[" + PENDING + "]}");
    assertThat(shell.run("list", "--json").out())
        .isEqualTo(
            """
            {
              "allow": [],
              "pending": [
                {
                  "account_id": "default",
                  "channel": "whatsapp",
                  "code": "K7M3XQ9P",
                  "created_at": "2026-04-25T13:21:00Z",
                  "expires_at": "2026-04-25T14:21:00Z",
                  "meta": {},
                  "request_id": "r1",
                  "sender_id": "+1555"
                }
              ]
            }
            """);
  }

  @Test
  @DisplayName("Control characters are removed from tables and escaped in JSON")
  void terminalSafety() {
    String hostile = PENDING.replace("+1555", "\\u001b[2J\\u202eevil\\u200b\\u009b");
    server
        .on("/pending", 200, "{\"pending\":[" + hostile + "]}")
        .on("/pending", 200, "{\"pending\":[" + hostile + "]}");
    assertThat(shell.run("list").out()).endsWith("  [2Jevil\n");
    assertThat(shell.run("list", "--json").out())
        .contains("\"\\u001b[2J\\u202eevil\u200b\\u009b\"");
  }

  @Test
  @DisplayName("Table headers are bold only on a terminal")
  void boldHeader() {
    server.on("/pending", 200, "{\"pending\":[" + PENDING + "]}");
    assertThat(shell.colours().run("list").out())
        .startsWith("\u001b[1mCODE")
        .contains("\u001b[0m\n");
  }

  @Test
  @DisplayName("approve names the sender and passes on the note and --notify")
  void approves() {
    String answer =
        "{\"channel\":\"whatsapp\",\"account_id\":\"default\",\"sender_id\":\"+1555\","
            + "\"approved_at\":\"2026-04-25T13:21:00Z\"}";
    server
        .on("/pending/K7M3XQ9P/approve", 200, answer)
        .on("/pending/K7M3XQ9P/approve", 200, answer);
    assertThat(shell.run("approve", "K7M3XQ9P", "--note", "Ana", "--notify"))
        .isEqualTo(new Said(0, "Approved whatsapp:default:+1555 (added to allow_from)\n", ""));
    StubServer.Call call = server.calls().get(0);
    assertThat(call.body()).isEqualTo("{\"note\":\"Ana\",\"notify\":true}");
    assertThat(call.header("X-Pairing-Surface")).isEqualTo("cli");
    assertThat(call.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder().encodeToString("operator:a-password-of-the-test".getBytes()));
    assertThat(shell.run("approve", "K7M3XQ9P", "--json").out())
        .isEqualTo(
            """
            {
              "account_id": "default",
              "approved_at": "2026-04-25T13:21:00Z",
              "channel": "whatsapp",
              "sender_id": "+1555"
            }
            """);
  }

  @Test
  @DisplayName("A number names a request, and approve prints the held messages")
  void numbered() {
    String held = "\"id\":\"x/1\",\"received_at\":\"2026-04-25T13:21:00Z\",\"readable\":";
    server
        .on(
            "/pending/12/messages",
            200,
            "{\"messages\":[{%strue,\"text\":\"hi\"},{%sfalse}],\"too_large\":true}"
                .formatted(held, held))
        .on(
            "/pending/12/approve",
            200,
            "{\"channel\":\"a\",\"sender_id\":\"b\",\"held\":[{%strue,\"text\":\"hi\"}]}"
                .formatted(held));
    assertThat(shell.run("messages", "#12"))
        .isEqualTo(
            new Said(
                0,
                """
                2026-04-25 13:21:00 UTC  hi
                2026-04-25 13:21:00 UTC  (unreadable: the key is missing; run nexo-pair doctor)
                """,
                "A message was larger than 4096 bytes. It is not held.\n"));
    assertThat(shell.run("approve", "#12").out()).endsWith("Held message: hi\n");
  }

  @Test
  @DisplayName("approve passes on role, labels and idle time")
  void approvesWithRole() {
    server.on("/pending/K7M3XQ9P/approve", 200, "{\"channel\":\"a\",\"sender_id\":\"b\"}");
    shell.run("approve K7M3XQ9P --role Guest --label vip --label team_1 --idle 30d".split(" "));
    assertThat(server.calls().get(0).body())
        .isEqualTo("{\"role\":\"guest\",\"labels\":[\"vip\",\"team_1\"],\"idle_secs\":2592000}");
  }

  @Test
  @DisplayName("update sends what is named, and removes what is empty or never")
  void updates() {
    String row =
        ALLOWED.substring(0, ALLOWED.length() - 1)
            + ",\"role\":\"guest\",\"labels\":[\"vip\",\"x\"],\"idle_secs\":43200}";
    server.on("/allow-from/update", 200, row).on("/allow-from/update", 404, "{}");
    assertThat(shell.run("update", "telegram", "my_bot", "123", "--role", "guest", "--idle", "12h"))
        .isEqualTo(
            new Said(0, "Updated telegram:my_bot:123 (role guest; labels vip, x; idle 12h)\n", ""));
    shell.run(
        "update",
        "telegram",
        "my_bot",
        "123",
        "--label=",
        "--idle=never",
        "--note=",
        "--expires-at=never");
    assertThat(server.calls())
        .extracting(StubServer.Call::body)
        .containsExactly(
            "{\"channel\":\"telegram\",\"account_id\":\"my_bot\",\"sender_id\":\"123\","
                + "\"role\":\"guest\",\"idle_secs\":43200}",
            "{\"channel\":\"telegram\",\"account_id\":\"my_bot\",\"sender_id\":\"123\","
                + "\"labels\":[],\"idle_secs\":null,\"note\":null,\"expires_at\":null}");
  }

  @Test
  @DisplayName("update says that the sender is not admitted")
  void updatesNobody() {
    server.on(
        "/allow-from/update",
        404,
        "{\"type\":\"urn:nexo-pairing:problem:sender-unknown\",\"title\":\"Sender not found\"}");
    assertThat(shell.run("update", "sms", "default", "7", "--role", "guest"))
        .isEqualTo(
            new Said(
                1,
                "",
                "nexo-pair: sms:default:7 is not in allow_from. Run: nexo-pair list --all\n"));
  }

  @Test
  @DisplayName("list --inactive lists who wrote nothing for that time")
  void listInactive() {
    server
        .on("/allow-from", 200, "{\"allow\":[" + ALLOWED + "]}")
        .on("/allow-from", 200, NONE_ALLOWED);
    assertThat(shell.run("list", "--inactive", "90d").out())
        .startsWith("CHANNEL")
        .contains("LAST SEEN", "telegram", "2026-04-24 08:00:00 UTC     -");
    assertThat(server.calls().get(0).line()).contains("unseen_since=");
    assertThat(shell.run("list", "--inactive", "90d").out())
        .isEqualTo("No admitted senders were inactive for 90d.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k7m3-xq9p",
        "K7M3\u2013XQ9P",
        "K7M3 \u2014 XQ9P",
        "\u201cK7M3\u2011XQ9P\u201d",
        "`K7M3XQ9P`",
        "\ufeffK7M3\u00a0XQ9P"
      })
  @DisplayName("A code may be typed or copied in other spellings")
  void otherSpellings(String typed) {
    server.on("/pending/K7M3XQ9P/deny", 200, "{\"channel\":\"a\",\"sender_id\":\"b\"}");
    shell.run("deny", typed);
    assertThat(server.calls().get(0).line()).isEqualTo("POST /pending/K7M3XQ9P/deny");
  }

  @Test
  @DisplayName("deny --block denies and blocks with a reason")
  void deniesAndBlocks() {
    server.on(
        "/pending/K7M3XQ9P/deny",
        200,
        "{\"channel\":\"whatsapp\",\"account_id\":\"default\",\"sender_id\":\"+1555\"}");
    assertThat(shell.run("deny", "K7M3XQ9P", "--block", "--reason", "spam").out())
        .isEqualTo("Denied and blocked whatsapp:default:+1555\n");
    assertThat(server.calls().get(0).body()).isEqualTo("{\"block\":true,\"reason\":\"spam\"}");
  }

  @Test
  @DisplayName("revoke without an account names every account it applied to")
  void revokes() {
    server
        .on("/allow-from/revoke", 200, "{\"revoked\":2}")
        .on(
            "/audit",
            200,
            "{\"audit\":[{\"action\":\"revoked\",\"account_id\":\"b\"},{\"action\":\"revoked\","
                + "\"account_id\":\"a\"},{\"action\":\"revoked\",\"account_id\":\"long-ago\"}]}");
    assertThat(shell.run("revoke", "whatsapp:+1555"))
        .isEqualTo(new Said(0, "Revoked whatsapp:+1555\n", "Account: a\nAccount: b\n"));
    assertThat(server.calls().get(0).body())
        .isEqualTo("{\"channel\":\"whatsapp\",\"sender_id\":\"+1555\",\"all_accounts\":true}");
  }

  @Test
  @DisplayName("revoke without an active row is not an error")
  void revokesNothing() {
    server.on("/allow-from/revoke", 200, "{\"revoked\":0}");
    assertThat(shell.run("revoke", "whatsapp:+1555", "--account", "work"))
        .isEqualTo(new Said(0, "No active row to revoke for whatsapp:+1555\n", ""));
    assertThat(server.calls().get(0).body()).contains("\"account_id\":\"work\"");
  }

  @Test
  @DisplayName("seed takes senders from arguments, standard input and files")
  void seeds() throws Exception {
    Path file =
        Files.writeString(
            home.resolve("ids.txt"), "\uFEFF+1\r\n\n{\"sender_id\":\"+2\",\"note\":\"x\"}");
    for (int i = 0; i < 3; i++) {
      server.on("/allow-from/seed", 200, "{\"seeded\":2,\"rejected\":[],\"rejected_count\":0}");
    }
    String done = "Seeded 2 sender(s) into whatsapp:default allow_from\n";
    assertThat(shell.run("seed", "whatsapp", "default", "+1", "+2"))
        .isEqualTo(new Said(0, done, ""));
    assertThat(shell.run("seed", "whatsapp", "default", "--file", file.toString()).out())
        .isEqualTo(done);
    assertThat(shell.input("+1\n+2\n").run("seed", "whatsapp", "default", "-").out())
        .isEqualTo(done);
    assertThat(server.calls())
        .extracting(StubServer.Call::body)
        .containsExactly(
            "{\"sender_id\":\"+1\"}\n{\"sender_id\":\"+2\"}\n",
            "{\"sender_id\":\"+1\"}\n{\"sender_id\":\"+2\",\"note\":\"x\"}\n",
            "{\"sender_id\":\"+1\"}\n{\"sender_id\":\"+2\"}\n");
    assertThat(server.calls().get(0).line())
        .isEqualTo("POST /allow-from/seed?channel=whatsapp&account_id=default");
  }

  @Test
  @DisplayName("An argument that begins with @ never names a file")
  void argumentFiles() throws Exception {
    Path file = Files.writeString(home.resolve("ana"), "+15550001111");
    for (String argument : List.of("@" + file, "@" + home, "@@" + file, "@ana", "@nobody")) {
      server.on("/allow-from/seed", 200, "{\"seeded\":1,\"rejected\":[],\"rejected_count\":0}");
      assertThat(shell.run("seed", "telegram", "a1", argument).code()).as(argument).isZero();
    }
    assertThat(server.calls())
        .extracting(StubServer.Call::body)
        .containsExactly(
            "{\"sender_id\":\"@" + file + "\"}\n",
            "{\"sender_id\":\"@" + home + "\"}\n",
            "{\"sender_id\":\"@@" + file + "\"}\n",
            "{\"sender_id\":\"@ana\"}\n",
            "{\"sender_id\":\"@nobody\"}\n");
  }

  @Test
  @DisplayName("seed names rejected senders and exits with 1")
  void seedRejects() {
    server.on(
        "/allow-from/seed",
        200,
        "{\"seeded\":1,\"rejected\":[{\"sender_id\":\"x\\u001b\",\"reason\":\"rejected_sender\"}],"
            + "\"rejected_count\":3}");
    assertThat(shell.run("seed", "whatsapp", "default", "+1", "x"))
        .isEqualTo(
            new Said(
                1,
                "Seeded 1 sender(s) into whatsapp:default allow_from\n",
                "Rejected: x (rejected_sender)\nRejected: 2 more\n"));
  }

  @Test
  @DisplayName("seed sends long lists in parts and adds up the results")
  void seedPieces() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < Seeder.PIECE + 1; i++) {
      lines.append('+').append(i).append('\n');
    }
    server
        .on("/allow-from/seed", 200, "{\"seeded\":5000,\"rejected\":[],\"rejected_count\":0}")
        .on("/allow-from/seed", 200, "{\"seeded\":1,\"rejected\":[],\"rejected_count\":0}");
    assertThat(shell.input(lines.toString()).run("seed", "whatsapp", "default", "-").out())
        .isEqualTo("Seeded 5001 sender(s) into whatsapp:default allow_from\n");
    assertThat(server.calls()).hasSize(2);
  }

  @Test
  @DisplayName("start draws the code and writes a private PNG file")
  void starts() throws Exception {
    String answer =
        "{\"setup_id\":\"s\",\"url\":\"wss://n\",\"url_source\":\"config\",\"bootstrap_token\":\"t\","
            + "\"expires_at\":\"2026-04-25T13:22:00Z\",\"payload\":\"p\",\"qr\":{\"ansi\":\"##\\n\",\"png\":\""
            + Base64.getEncoder().encodeToString("picture".getBytes())
            + "\"}}";
    server.on("/setup-codes", 201, answer).on("/setup-codes", 201, answer);
    Path png = home.resolve("code.png");
    Said said =
        shell.run("start", "--for-device", "phone", "--ttl-secs", "90", "--qr-png", "" + png);
    assertThat(said)
        .isEqualTo(
            new Said(
                0,
                """
                Pairing payload (scan or paste into companion):
                ##
                Raw payload : p
                URL         : wss://n (source: config)
                Expires at  : 2026-04-25T13:22:00Z
                QR PNG      : %s
                """
                    .formatted(png),
                ""));
    assertThat(png).hasContent("picture");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(png)))
        .isEqualTo("rw-------");
    assertThat(home).isDirectoryNotContaining("glob:**.draft");
    assertThat(shell.run("start", "--json").out())
        .isEqualTo(
            """
            {
              "bootstrap_token": "t",
              "expires_at": "2026-04-25T13:22:00Z",
              "payload": "p",
              "url": "wss://n",
              "url_source": "config"
            }
            """);
    assertThat(server.calls())
        .extracting(StubServer.Call::line)
        .containsExactly("POST /setup-codes?qr=ansi%2Cpng", "POST /setup-codes");
    assertThat(server.calls().get(0).body())
        .isEqualTo("{\"device_label\":\"phone\",\"ttl_secs\":90}");
  }

  @Test
  @DisplayName("start prints the remedies if only a loopback address is known")
  void startLoopback() {
    server.on(
        "/setup-codes",
        409,
        "{\"type\":\"urn:nexo-pairing:problem:loopback-only\",\"title\":\"Only a loopback address is known\",\"detail\":\"D.\","
            + "\"remedies\":[\"set it\",\"nexo-pair seed whatsapp default <sender>…\"]}");
    assertThat(shell.run("start"))
        .isEqualTo(
            new Said(
                1,
                "",
                """
                nexo-pair: Only a loopback address is known: D.
                  nexo-pair seed whatsapp default <sender>…
                  set it
                """));
  }

  @ParameterizedTest(name = "{0} columns")
  @CsvSource({"80, false", "81, true", "89, true"})
  @DisplayName("start says how to see a QR code that is wider than 80 columns")
  void startWide(int columns, boolean said) {
    String line = "\\u001b[38;5;16;48;5;231m" + "█".repeat(columns) + "\\u001b[0m\\n";
    server.on(
        "/setup-codes",
        201,
        "{\"payload\":\"p\",\"url\":\"wss://n\",\"qr\":{\"ansi\":\"" + line + "\"}}");
    Said start = shell.run("start");
    assertThat(start.code()).isZero();
    assertThat(start.err())
        .isEqualTo(
            said
                ? "nexo-pair: The QR code is "
                    + columns
                    + " columns wide. If your terminal is narrower, widen it and run this again, or"
                    + " add --qr-png code.png and open that file.\n"
                : "");
  }

  @Test
  @DisplayName("start requests no code if the PNG file cannot be written")
  void startUnwritable() {
    assertThat(shell.run("start", "--qr-png", "" + home.resolve("none/code.png")).err())
        .contains("code.png cannot be written");
    assertThat(server.calls()).isEmpty();
  }

  @Test
  @DisplayName("block and unblock report what they changed")
  void blocks() {
    server
        .on("/blocked/block", 200, "{\"blocked\":1}")
        .on("/blocked/unblock", 200, "{\"unblocked\":0}");
    assertThat(shell.run("block", "whatsapp", "default", "+1", "--reason", "spam").out())
        .isEqualTo("Blocked whatsapp:default:+1\n");
    assertThat(shell.run("unblock", "whatsapp", "default", "+1").out())
        .isEqualTo("Not blocked: whatsapp:default:+1\n");
    assertThat(server.calls().get(0).body())
        .isEqualTo(
            "{\"channel\":\"whatsapp\",\"account_id\":\"default\",\"sender_id\":\"+1\",\"reason\":\"spam\"}");
  }

  @Test
  @DisplayName("A sender may be one argument, in the form that commands print")
  void pastedSender() {
    server.on("/blocked/block", 200, "{\"blocked\":1}");
    Said said = shell.run("block", "chat:a:group:x:y");
    assertThat(said.out()).isEqualTo("Blocked chat:a:group:x:y\n");
    assertThat(server.calls().get(0).body())
        .isEqualTo(
            "{\"channel\":\"chat\",\"account_id\":\"a\",\"sender_id\":\"group:x:y\",\"exact\":true}");
  }

  @Test
  @DisplayName("A stranger whose id looks like channel:account:sender is that stranger when pasted")
  void pastedStranger() {
    String stranger = "{\"channel\":\"irc\",\"account_id\":\"a\",\"sender_id\":\"irc:a:alice\"}";
    server.on("/pending/K7M3XQ9P/deny", 200, stranger).on("/blocked/block", 200, "{\"blocked\":1}");
    assertThat(shell.run("deny", "K7M3XQ9P").out()).contains("irc:a:irc:a:alice");
    shell.run("block", "irc:a:irc:a:alice");
    assertThat(server.calls().get(1).body())
        .contains("\"sender_id\":\"irc:a:alice\"", "\"exact\":true");
  }

  @Test
  @DisplayName("dry-run prints the decision for each sender and a summary")
  void dryRun() {
    server.on(
        "/allow-from/dry-run",
        200,
        "{\"admit\":[\"+1\"],\"challenge\":[\"+2\"],\"rejected\":[\"x\"]}");
    assertThat(shell.run("dry-run", "whatsapp", "default", "+1", "+2", "x").out())
        .isEqualTo(
            """
            DECISION    SENDER
            challenge   +2
            rejected    x
            admit       +1
            1 would be challenged, 1 rejected, 1 admitted
            """);
  }

  @Test
  @DisplayName("sessions lists sessions and revokes one")
  void sessions() {
    server
        .on(
            "/sessions",
            200,
            "{\"sessions\":[{\"session_id\":\"s1\",\"profile\":\"companion-v1\",\"device_label\":\"phone\","
                + "\"issued_at\":\"2026-04-25T13:21:00Z\",\"expires_at\":\"2026-04-26T13:21:00Z\"}]}")
        .on("/sessions/s1", 204, "")
        .on("/sessions/s2", 404, "{\"type\":\"urn:nexo-pairing:problem:session-unknown\"}");
    assertThat(shell.run("sessions").out())
        .contains("s1  ")
        .endsWith("  -                         phone\n");
    assertThat(shell.run("sessions", "--revoke", "s1").out()).isEqualTo("Signed out s1\n");
    assertThat(shell.run("sessions", "--revoke", "s2").err())
        .isEqualTo("nexo-pair: There is no session s2. Run: nexo-pair sessions\n");
  }

  @Test
  @DisplayName("The ways by which operators are told are listed and tried")
  void notices() {
    server
        .on(
            "/notices",
            200,
            "{\"ways\":[{\"way\":\"webhook\",\"state\":\"on\",\"last_failure_at\":\"2026-04-25T13:21:00Z\","
                + "\"last_failure\":\"The receiver answered 500\"}],"
                + "\"quiet_hours\":\"22:00-07:00 Europe/Berlin\"}")
        .on("/notices/test", 200, "{\"way\":\"webhook\",\"delivered\":true}");
    assertThat(shell.run("notices").out())
        .contains("webhook       on            -", "2026-04-25 13:21:00 UTC", "answered 500\n")
        .endsWith("Quiet hours : 22:00-07:00 Europe/Berlin\n");
    assertThat(shell.run("notices", "--test", "webhook").out())
        .isEqualTo("Delivered a test by webhook\n");
    server.on(
        "/notices/test", 200, "{\"way\":\"webhook\",\"delivered\":false,\"detail\":\"It is off\"}");
    assertThat(shell.run("notices", "--test", "webhook").err())
        .isEqualTo("nexo-pair: The test by webhook was not delivered: It is off\n");
  }

  @Test
  @DisplayName("The policy of each account is shown, and the general one last")
  void policies() {
    server.on(
        "/policies",
        200,
        "{\"general\":{\"auto_challenge\":true,\"challenge\":\"reply\",\"challenges_per_hour\":30,"
            + "\"groups\":\"drop\",\"hold_messages\":0,\"notify_requester\":[]},"
            + "\"policies\":[{\"channel\":\"sms\",\"account_id\":\"work\u202e\",\"auto_challenge\":false,"
            + "\"challenge\":\"silent\",\"challenges_per_hour\":5,\"groups\":\"pair\",\"hold_messages\":3,"
            + "\"notify_requester\":[\"approved\",\"denied\"]}],\"more\":true,\"warnings\":[{\"reason\":"
            + "\"unknown_account\",\"text\":\"The account work is not known on the channel sms.\"}]}");
    Said shown = shell.run("policies", "--channel", "sms", "--account", "work");
    assertThat(shown.out())
        .isEqualTo(
            """
            CHANNEL       ACCOUNT               STRANGERS   CHALLENGE  PER HOUR  GROUPS  HOLD  NOTIFY
            sms           work                  admitted    silent     5         pair    3     approved,denied
            (others)      -                     challenged  reply      30        drop    0     -
            """);
    assertThat(shown.err()).contains("The account work is not known", "There are more accounts.");
    assertThat(server.calls().get(0).line()).isEqualTo("GET /policies?channel=sms&account_id=work");
  }

  @Test
  @DisplayName("The texts are shown line by line, without control characters")
  void texts() {
    server.on(
        "/messages",
        200,
        "{\"language\":\"es\",\"languages\":[\"en\",\"es\"],\"messages\":[{\"kind\":\"challenge\","
            + "\"text\":\"Su código\\nK7M3XQ9P\\u202e\",\"language\":\"es\",\"configured\":true},"
            + "{\"kind\":\"approved\",\"text\":\"Hello\",\"language\":\"en\",\"configured\":false}]}");
    assertThat(shell.run("texts", "telegram", "default", "--language", "es").out())
        .isEqualTo(
            """
            challenge (es, configured)
              Su código
              K7M3XQ9P
            approved (en, standard)
              Hello
            """);
    assertThat(server.calls().get(0).line())
        .isEqualTo("GET /messages?channel=telegram&account_id=default&language=es");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("dev.nexo.pairing.CopiedTextTest#pastedIds")
  @DisplayName("A session is revoked by its id as it was pasted")
  void pastedSession(String pasted, String reason) {
    server.on("/sessions/1b4e28ba-2fa1-11d2-883f-0016d3cca427", 204, "");
    assertThat(shell.run("sessions", "--revoke", pasted).out())
        .isEqualTo("Signed out 1b4e28ba-2fa1-11d2-883f-0016d3cca427\n");
  }

  @Test
  @DisplayName("doctor exits with 1 if a check fails")
  void doctor() {
    Map<String, String> date = Map.of("Date", "Sat, 25 Apr 2026 13:20:00 GMT");
    server
        .on(
            "/doctor",
            200,
            date,
            "{\"checks\":[{\"check\":\"broker\",\"level\":\"ok\",\"text\":\"Connected\"}]}")
        .on(
            "/doctor",
            200,
            date,
            "{\"checks\":[{\"check\":\"key\",\"level\":\"fault\",\"id\":\"NXP-1041\",\"text\":\"Open\",\"remedy\":\"chmod\"}]}");
    assertThat(shell.run("doctor").code()).isZero();
    Said said = shell.run("doctor");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).startsWith("fault    key: Open\n         -> chmod (NXP-1041)\n");
  }

  @Test
  @DisplayName("doctor warns if the server has no doctor endpoint")
  void doctorOldServer() {
    Said said = shell.run("doctor");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("warning  server: The server does not support doctor");
  }

  @Test
  @DisplayName("doctor reports a server that cannot be reached")
  void doctorOffline() {
    Said said = shell.run("doctor", "--server", "http://127.0.0.1:1");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).startsWith("fault    server: ").contains("127.0.0.1:1");
  }

  @Test
  @DisplayName("A phone number split by spaces is refused with a hint to quote it")
  void splitNumber() {
    Said said = shell.run("seed", "whatsapp", "default", "+49", "1701234567");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("+49 is not a complete number").contains("quote");
    assertThat(shell.run("dry-run", "whatsapp", "default", "+", "49").err()).contains("quote");
  }

  @Test
  @DisplayName("Every command has help")
  void help() {
    for (String name : Commands.ALL.keySet()) {
      Said said = shell.run(name, "--help");
      assertThat(said.code()).isZero();
      assertThat(said.out()).contains("Usage: nexo-pair " + name);
    }
    assertThat(shell.run("help").out()).contains(Commands.ALL.keySet());
    assertThat(shell.run("help", "seed").out()).contains("Examples:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  @DisplayName("Shell completion names every command")
  void completion(String shellName) {
    assertThat(shell.run("completion", shellName).out()).contains(Commands.ALL.keySet());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no command              |                         | No command was given. Run: nexo-pair help
          unknown command         | lst                     | Unknown command "lst". Did you mean "list"?
          an option as a command  | version                 | Unknown command "version". Did you mean "--version"?
          a mistyped one          | vresion                 | Unknown command "vresion". Did you mean "--version"?
          a mistyped command      | hlep                    | Unknown command "hlep". Did you mean "help"?
          nothing like it         | frobnicate              | Unknown command "frobnicate". Run: nexo-pair --help
          unknown option          | list --al               | Unknown option "--al". Did you mean "--all"?
          an unlike command       | frobnicate              | Unknown command "frobnicate". Run: nexo-pair --help
          an extra argument       | list +1                 | Unknown argument "+1". Run: nexo-pair list --help
          no code                 | approve                 | Missing required parameter: 'CODE'. Run: nexo-pair approve --help
          a code of other signs   | approve ../x            | A code consists of letters and digits, like K7M3XQ9P. Run: nexo-pair list
          an unknown code         | approve ABCDEFGH        | No pending request has the code ABCDEFGH; it may be used, expired or mistyped. Run: nexo-pair list
          no sender               | seed whatsapp default   | Name the senders to admit, or a file with --file, or - for standard input; exactly one of these
          no lines                | seed whatsapp default - | The input contains no sender; give one sender per line
          an unknown role         | approve K7M3XQ9P --role admin | --role must be owner, member or guest
          an unknown time         | approve K7M3XQ9P --idle 30 | --idle must be a number of days or hours, for example 30d or 12h
          nothing to change       | update whatsapp default +1 | Name what to change. Run: nexo-pair update --help
          too long ago            | list --inactive 3w      | --inactive must be a number of days or hours, for example 30d or 12h
          no sender               | block whatsapp default  | Name the channel, the account and the sender, like whatsapp default +15550001111 or whatsapp:default:+15550001111
          no account              | explain whatsapp:+1555  | Name the channel, the account and the sender, like whatsapp default +15550001111 or whatsapp:default:+15550001111
          an empty part           | unblock whatsapp::+1555 | Name the channel, the account and the sender, like whatsapp default +15550001111 or whatsapp:default:+15550001111
          unlike help             | help frobnicate         | Unknown command "frobnicate". Run: nexo-pair help
          help of a mistyped one  | help aprove             | Unknown command "aprove". Did you mean "approve"?
          an argument like a command | aprove list          | Unknown command "aprove". Did you mean "approve"?
          no colon                | revoke +1555            | Give channel and sender as one argument, like whatsapp:+15550001111
          no number               | audit --limit many      | Invalid value for option '--limit': 'many' is not an int. Run: nexo-pair audit --help
          too large a number      | audit --limit 0         | --limit must be a whole number from 1 to 1000000
          an older server         | audit                   | The server does not support this command: it is older than this nexo-pair; update the server
          """)
  @DisplayName("A usage error is one line and exits with 1")
  void usageErrors(String reason, String arguments, String line) {
    String[] words = arguments == null ? new String[0] : arguments.split(" ");
    server.on(
        "/pending/ABCDEFGH/approve",
        404,
        "{\"type\":\"urn:nexo-pairing:problem:code-unknown\",\"title\":\"Code not found\"}");
    assertThat(shell.run(words)).isEqualTo(new Said(1, "", "nexo-pair: " + line + "\n"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | {"type":"urn:nexo-pairing:problem:bad-request","title":"Bad request","detail":"channel must be short."} | Bad request: channel must be short.
          401 | {}                                                                     | rejected the password of operator from NEXO_PAIR_PASSWORD; see the path
          302 |                                                                        | redirects to null; redirects are not followed
          500 | {"type":"urn:nexo-pairing:problem:internal","title":"Internal server error"}                                          | Internal server error; see the server's log
          502 | <html>                                                                 | its log says why (status 502). If another web server
          404 | <html>Context Root Not Found                                           | The application is not running
          404 | {"title":"Not found","status":404}                                     | its log says why (status 404)
          404 | {"type":"about:blank","title":"Not found"}                             | its log says why (status 404)
          503 | {"title":"Service unavailable"}                                        | its log says why (status 503)
          200 | {"status":"ok"}                                                        | its log says why (no pending in the answer)
          200 | <html>                                                                 | its log says why (the answer is not JSON)
          """)
  @DisplayName("An error of the server is one line")
  void serverErrors(int status, String body, String line) {
    server.on("/pending", status, body == null ? "" : body);
    Said said = shell.run("list");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("nexo-pair: ").contains(line).hasLineCount(1);
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "application/problem+json|{\"type\":\"urn:nexo-pairing:problem:too-many-attempts\","
            + "\"title\":\"Too many failed attempts\"}|17|a locked login|Too many failed attempts of"
            + " this login from this machine; try again in 17 s. If this repeats, another program"
            + " here uses a wrong password: the server's log names it (NXP-0090)",
        "application/problem+json|{\"type\":\"urn:nexo-pairing:problem:too-many-requests\","
            + "\"title\":\"Too many requests\",\"detail\":\"Send fewer at a time.\"}|2|too many"
            + " requests at a time|Too many requests: Send fewer at a time; try again in 2 s",
        "application/problem+json|{\"type\":\"urn:nexo-pairing:problem:too-many-requests\","
            + "\"title\":\"Too many requests\"}|-|a limit without details|Too many requests; try"
            + " again in a minute",
        "application/problem+json|{\"type\":\"urn:nexo-pairing:problem:quota\",\"title\":\"Quota\"}"
            + "|3|a type of a newer server|Quota; try again in 3 s",
        "text/html|<html>Slow down|Wed, 21 Oct 2026 07:28:00 GMT|a proxy with a date|A proxy in"
            + " front of <server> limits the requests (429); try again in a minute",
        "application/json|{\"type\":\"urn:nexo-pairing:problem:too-many-attempts\",\"title\":\"x\"}"
            + "|5|a proxy that copies our type|A proxy in front of <server> limits the requests"
            + " (429); try again in 5 s",
        "text/plain|-|-|a proxy without a body|A proxy in front of <server> limits the requests"
            + " (429); try again in a minute",
      })
  @DisplayName("Of the limits, only the lock of a login blames a wrong password")
  void limits(String type, String body, String after, String reason, String line) {
    Map<String, String> headers =
        after == null
            ? Map.of("Content-Type", type)
            : Map.of("Content-Type", type, "Retry-After", after);
    server.on("/pending", 429, headers, body == null ? "" : body);
    assertThat(shell.run("list"))
        .isEqualTo(new Said(1, "", "nexo-pair: " + line.replace("<server>", server.url()) + "\n"));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "404, text/html, <html>Context Root Not Found</html>",
    "404, application/json, '{\"type\":\"urn:nexo-pairing:problem:code-unknown\",\"title\":\"x\"}'",
    "404, application/problem+json, '{\"type\":\"about:blank\",\"title\":\"Not found\"}'",
    "404, text/plain, ''",
    "503, text/html, <html>Service Unavailable</html>",
    "200, text/html, <html>Welcome</html>",
    "200, application/json, '{\"status\":\"ok\"}'",
  })
  @DisplayName("Another web server, or one without the application, is no answer of ours")
  void anotherServer(int status, String type, String body) {
    Map<String, String> headers = Map.of("Content-Type", type);
    server.on("/doctor", status, headers, body);
    Said doctor = shell.run("doctor");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out()).contains("The application is not running at " + server.url());
    if (status > 200) {
      server.on("/pending/ABCDEFGH/approve", status, headers, body);
      server.on("/sessions/x", status, headers, body);
      for (Said said :
          List.of(shell.run("approve", "ABCDEFGH"), shell.run("sessions", "--revoke", "x"))) {
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
            .contains("The application is not running", "its log says why")
            .hasLineCount(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "approve ABCDEFGH, /pending/ABCDEFGH/approve",
    "deny ABCDEFGH --block, /pending/ABCDEFGH/deny",
    "revoke chat:eve, /allow-from/revoke",
    "block chat a1 eve, /blocked/block",
    "unblock chat a1 eve, /blocked/unblock",
    "seed chat a1 ana, /allow-from/seed",
    "dry-run chat a1 ana, /allow-from/dry-run",
    "explain chat a1 ana, /explain",
    "start, /setup-codes",
  })
  @DisplayName("No command takes another web server's JSON for a change that was made")
  void foreignJson(String command, String path) {
    for (String body : List.of("{\"status\":\"ok\"}", "{}")) {
      server.on(path, 200, body);
      Said said = shell.run(command.split(" "));
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.out()).doesNotContain("eve", "ana", "ABCDEFGH");
      assertThat(said.err()).contains("The application is not running at").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A sender that begins with @ is never the name of a file")
  void noArgumentFiles(boolean directory) throws IOException {
    Path ana = Path.of("target", "ana-of-the-command-line");
    Files.deleteIfExists(ana);
    if (directory) {
      Files.createDirectories(ana);
    } else {
      Files.writeString(ana, "@somebody-else");
    }
    server.on("/allow-from", 200, "{\"seeded\":1,\"rejected\":[]}");
    Said said = shell.run("seed", "telegram", "a1", "@" + ana);
    Files.deleteIfExists(ana);
    assertThat(said.err()).doesNotContain("Exception");
    assertThat(server.calls())
        .singleElement()
        .satisfies(
            call -> assertThat(call.body()).contains("@" + ana).doesNotContain("somebody-else"));
  }

  @Test
  @DisplayName("An unreachable server is named, with the remedy")
  void unreachable() {
    server.close();
    assertThat(shell.run("list").err())
        .isEqualTo(
            "nexo-pair: "
                + server.url()
                + " cannot be reached (Connection refused); start the server (bin/nexo-pairing), or"
                + " set its address with --server or NEXO_PAIR_SERVER\n");
  }

  @Test
  @DisplayName("An answer of more than 10 MB is refused")
  void answerLimit() {
    server.on("/pending", 200, " ".repeat(Exchange.MAX_ANSWER + 1));
    assertThat(shell.run("list").err()).contains("more than 10 MB");
  }

  @Test
  @DisplayName("Options may precede the command; a value may equal a command name")
  void optionOrder() {
    server.on("/pending", 200, NONE_PENDING).on("/allow-from/revoke", 200, "{\"revoked\":0}");
    assertThat(shell.run("--user=approve", "list").code()).isZero();
    assertThat(shell.run("revoke", "whatsapp:1", "--account", "list").code()).isZero();
    assertThat(server.calls().get(1).body()).contains("\"account_id\":\"list\"");
  }
}
