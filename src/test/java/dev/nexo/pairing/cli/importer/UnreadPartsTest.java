package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Parts of import sources that are not read")
class UnreadPartsTest {

  @TempDir private Path home;

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private SourceContents read(String source, String account) throws IOException {
    SourceContents findings = new SourceContents(null, account, MovableClock.START);
    ImportSources.named(source).read(home, findings);
    return findings;
  }

  private static List<String> senders(SourceContents findings) {
    return findings.candidates().stream()
        .map(
            one -> one.account().channel() + ":" + one.account().accountId() + ":" + one.senderId())
        .toList();
  }

  private static List<String> named(SourceContents findings) {
    return findings.refusals().stream().map(one -> one.where() + " " + one.what()).toList();
  }

  @Test
  @DisplayName("Hermes profiles are read, each as an account")
  void profiles() throws Exception {
    write("pairing/telegram-approved.json", "{\"1\":{}}");
    write("profiles/work/pairing/telegram-approved.json", "{\"2\":{}}");
    write("profiles/work/pairing/telegram-pending.json", "{\"c\":{}}");
    write("profiles/home/platforms/pairing/signal-approved.json", "{\"+15550001111\":{}}");
    write("profiles/home/platforms/pairing/whatsapp-approved.json", "{\"130631430344750\":{}}");
    write("profiles/home/platforms/whatsapp/session/lid-mapping-130631430344750_reverse.json", "1");
    write("profiles/empty/config.yaml", "");
    SourceContents findings = read("hermes", null);
    assertThat(senders(findings))
        .containsExactlyInAnyOrder(
            "telegram:default:1",
            "telegram:work:2",
            "signal:home:+15550001111",
            "whatsapp:home:130631430344750@lid");
    assertThat(findings.refusals()).isEmpty();
    assertThat(findings.counts()).containsEntry("pending", 1);
    assertThat(senders(read("hermes", "work")))
        .as("not those of the bot of Hermes' own home")
        .containsExactly("telegram:work:2");
    assertThat(senders(read("hermes", "other"))).containsExactly("telegram:other:1");
    assertThat(read("hermes", "other").counts()).containsEntry("of another channel or account", 3);
  }

  @Test
  @DisplayName("A Hermes home with senders only in a profile is read")
  void onlyProfile() throws Exception {
    write("profiles/work/pairing/telegram-approved.json", "{\"2\":{}}");
    assertThat(senders(read("hermes", null))).containsExactly("telegram:work:2");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "hermes, pairing/old.json, pairing/old.json the file, an unknown file of a directory",
        "hermes, approved.json, approved.json the file, an unknown file of the home",
        "hermes, platforms/irc/approved.json, platforms/irc the file, an unknown platform",
        "hermes, profiles/work.json, profiles/work.json the file, a file instead of a profile",
        "hermes, profiles/w/pairing/old, profiles/w/pairing/old the file, a file of a profile",
        "hermes, profiles/w/profiles/v/pairing/x, profiles/w/profiles the file, nested profiles",
        "openclaw, clawdbot.json, clawdbot.json the file, an older configuration",
        "openclaw, state/pairing.sqlite, state/pairing.sqlite the file, another database",
        "openclaw, credentials/allow.json, credentials/allow.json the file, an unknown list",
        "nanobot, allow.json, allow.json the file, an unknown list"
      })
  @DisplayName("A file that the importer does not know is named")
  void files(String source, String file, String named, String why) throws Exception {
    write("pairing/telegram-approved.json", "{}");
    write("credentials/telegram-allowFrom.json", "{}");
    write("pairing.json", "{}");
    write(file, "{}");
    assertThat(named(read(source, null))).contains(named);
  }

  @ParameterizedTest(name = "{0} {3}")
  @CsvSource(
      delimiter = ';',
      value = {
        "openclaw;{`whatsapp`:{}};openclaw.json the key whatsapp;a channel at the top",
        "openclaw;{`channels`:{`x`:{`dmAllowlist`:[]}}};openclaw.json x the key dmAllowlist;a list",
        "openclaw;{`channels`:{`x`:{`accounts`:{`a`:{`vips`:[]}}}}};openclaw.json x a the key"
            + " vips;a list of an account",
        "openclaw;{`channels`:{`x`:{`allowFrom`:`1`}}};openclaw.json x default allowFrom"
            + " `1`;no list",
        "openclaw;{`channels`:{`x`:[`1`]}};openclaw.json x [`1`];a channel that is no object",
        "openclaw;{`channels`:{`x`:{`accounts`:[`1`]}}};openclaw.json x accounts [`1`];accounts",
        "openclaw;{`channels`:{`defaults`:{`allowFrom`:[]}}};openclaw.json defaults the key"
            + " allowFrom;a list for all channels",
        "openclaw;{`channels`:{`x`:{`dm`:{`allowlist`:[]}}}};openclaw.json x dm the key"
            + " allowlist;a list for direct messages",
        "openclaw;{`channels`:{`x`:{`direct`:{`1`:{`allowFrom`:[]}}}}};openclaw.json x direct"
            + " 1;a list of one chat",
        "openclaw;{`channels`:{`x`:{`accounts`:{`a`:{`direct`:{`*`:{`dmPolicy`:`open`}}}}}}};"
            + "openclaw.json x a direct *;a policy of single chats",
        "openclaw;{`channels`:{`x`:{`direct`:[`1`]}}};openclaw.json x direct [`1`];no object",
        "nanobot;{`allow`:[]};config.json the key allow;a list at the top",
        "nanobot;{`channels`:{`x`:{`allowFrom`:[],`allow_from`:[]}}};config.json x the key"
            + " allow_from;two spellings",
        "nanobot;{`channels`:{`x`:{`dm`:{}}}};config.json x the key dm;settings for messages",
        "nanobot;{`channels`:{`x`:{`allow_from`:`1`}}};config.json x allow_from `1`;no list",
        "nanobot;{`channels`:{`x`:`1`}};config.json x `1`;a channel that is no object"
      })
  @DisplayName("A key that the importer does not know is named")
  void keys(String source, String json, String named, String why) throws Exception {
    write(source.equals("nanobot") ? "config.json" : "openclaw.json", json.replace('`', '"'));
    assertThat(named(read(source, null))).contains(named.replace('`', '"'));
  }

  @Test
  @DisplayName("A key beside the list of an OpenClaw file is named")
  void keyBesideList() throws Exception {
    write(
        "credentials/telegram-allowFrom.json",
        "{\"version\":1,\"allowFrom\":[\"1\"],\"admins\":[\"2\"]}");
    SourceContents findings = read("openclaw", null);
    assertThat(senders(findings)).containsExactly("telegram:default:1");
    assertThat(named(findings)).containsExactly("telegram-allowFrom.json the key admins");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    ".env, TELEGRAM_ALLOWED_USERS=412345678, TELEGRAM_ALLOWED_USERS",
    ".env, export SIGNAL_ALLOWED_USERS=${OWNER_PHONE}, SIGNAL_ALLOWED_USERS",
    ".env, GATEWAY_ALLOW_ALL_USERS=true, GATEWAY_ALLOW_ALL_USERS",
    "config.yaml, '  allow_from:\n    - 412345678', allow_from",
    "gateway.json, '{\n  \"allowedUsers\": [\"412345678\"]}', allowedUsers",
    "gateway.json, '{\"a\":{\"b\":{\"allowed_users\":[\"412345678\"]}}}', allowed_users",
    "gateway.json, '{\"c\":1,\"dm-allowlist\" : [\"412345678\"]}', dm-allowlist",
    "config.yaml, 'telegram: {allow_from: [412345678]}', allow_from",
    "config.yaml, 'signal:\n  ''allow_from'': [''+15550001111'']', allow_from",
    ".env, set -a; export SLACK_ALLOWED_USERS = U1, SLACK_ALLOWED_USERS",
    "profiles/work/.env, WHATSAPP_ALLOWED_USERS=1, WHATSAPP_ALLOWED_USERS"
  })
  @DisplayName("A list in Hermes' settings is named without its values")
  void settings(String file, String text, String list) throws Exception {
    write("pairing/telegram-approved.json", "{}");
    write(file, "# OTHER_ALLOWED_USERS=1\nTOKEN=secret\n" + text + "\n");
    assertThat(named(read("hermes", null))).containsExactly(file + " the list " + list);
  }
}
