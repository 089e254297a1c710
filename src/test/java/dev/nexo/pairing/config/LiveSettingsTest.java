package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.testing.LogCapture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings that change while the server runs")
class LiveSettingsTest extends ReloadContract {

  @Test
  @DisplayName("All settings that can change become active together")
  void everything() throws IOException {
    start();
    Policies policies = live.policies();
    Texts texts = live.texts();
    ChannelAccounts accounts = live.accounts();
    assertBefore();
    write(
        """
        pairing:
          policy: {auto_challenge: false, whatsapp: {default: {challenges_per_hour: 7}}}
          messages: {sw: {denied: "Hapana."}}
          language: sw
          channels: {other: {password: of-the-other}}
          trusted_proxies: [10.0.0.2, 10.0.0.3]
          trusted_header: Forwarded
          session_ttl_secs: 60
        """);
    reloader.look();
    assertBefore();
    reloader.look();

    assertThat(policies.autoChallenge(ACCOUNT)).isFalse();
    assertThat(policies.anyChallenge()).isFalse();
    assertThat(policies.of(ACCOUNT).challengesPerHour()).isEqualTo(7);
    assertThat(policies.accounts()).containsExactly(ACCOUNT);
    assertThat(texts.language()).isEqualTo("sw");
    assertThat(texts.languages()).contains("sw");
    assertThat(texts.configured("whatsapp", "default", "es", TextKind.DENIED)).isEmpty();
    assertThat(texts.find("whatsapp", "default", null, TextKind.DENIED).configured()).isTrue();
    assertThat(accounts.password("bridge")).isEmpty();
    assertThat(accounts.password("other")).hasValue("of-the-other");
    assertThat(live.proxies().current().trusted()).hasSize(2);
    assertThat(live.proxies().current().header()).isPresent();
    assertThat(finding()).isEmpty();
  }

  @Test
  @DisplayName("Settings that need a restart are named until they are as at the start")
  void restart() throws IOException {
    start();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.config")) {
      write(
          BEFORE
                  .replace("ttl_secs: 60", "ttl_secs: 61")
                  .replace("challenges_per_hour: 5", "groups: pair")
              + "  operator: {password: correct-horse}\n  broker: {url: 'nats://a'}\n");
      look();
      assertThat(live.policies().of(ACCOUNT).pairGroups()).isTrue();
      assertThat(live.latest().config()).isNotNull();
      String all = "pairing.broker.url, pairing.operator.password, pairing.session_ttl_secs";
      assertThat(finding()).startsWith("NXP-1161 ").endsWith(": " + all);
      assertThat(reloader.examine().get(0).remedy()).contains("systemctl restart ");
      assertThat(log.lines("NXP-0112")).isEqualTo(1);
      assertThat(log.text()).contains(all).doesNotContain("correct-horse", "nats://a");

      write("pairing: {");
      look();
      assertThat(finding()).startsWith("NXP-1160 ").endsWith(": " + all);
      write(BEFORE);
      look();
      assertThat(finding()).isEmpty();
    }
  }

  @Test
  @DisplayName("Environment variables and system properties keep their precedence")
  void precedence() throws IOException {
    start(
        Given.files(file)
            .andEnvironment("PAIRING_POLICY_AUTO_CHALLENGE", "true")
            .andEnvironment("PAIRING_CHANNELS_MY_BOT_PASSWORD", "of-the-variable")
            .andEnvironment("PAIRING_SESSION_TTL_SECS", "90")
            .andProperty("pairing.policy.challenges_per_hour", "9"));
    write(OFF.replace("5}", "4}").replace("ttl_secs: 60", "ttl_secs: 61"));
    look();
    assertThat(live.policies().of(ACCOUNT))
        .isEqualTo(
            new AccountPolicy(true, false, 9, false, 0, AccountPolicy.DEFAULT.notifyRequester()));
    assertThat(live.accounts().password("my_bot")).hasValue("of-the-variable");
    assertThat(finding()).as("a variable overrides the changed setting").isEmpty();
  }

  @Test
  @DisplayName("A file with a channel's password is read again when it changes")
  void passwordFile() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "the-first-one\n");
    write("pairing: {channels: {bridge: {password_file: " + secret + "}}}");
    Path variable = Files.writeString(directory.resolve("other"), "of-a-variable");
    start(
        Given.files(file)
            .andEnvironment("PAIRING_CHANNELS_OTHER_PASSWORD_FILE", variable.toString()));
    assertThat(live.accounts().password("bridge")).hasValue("the-first-one");
    assertThat(live.accounts().password("other")).hasValue("of-a-variable");
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.config")) {
      Files.writeString(secret, "the-second-one\n");
      Files.writeString(variable, "of-the-variable");
      look();
      assertThat(live.accounts().password("bridge")).hasValue("the-second-one");
      assertThat(live.accounts().password("other")).hasValue("of-the-variable");
      assertThat(log.lines("Changed settings: pairing.channels.bridge.password")).isEqualTo(1);
      assertThat(log.text()).doesNotContain("the-second-one", "of-the-variable");

      Files.delete(secret);
      look();
      assertThat(live.accounts().password("bridge")).hasValue("the-second-one");
      assertThat(finding()).startsWith("NXP-1160 ").contains("the file does not exist");
      Files.writeString(secret, "the-third-one");
      look();
      assertThat(live.accounts().password("bridge")).hasValue("the-third-one");
      assertThat(finding()).isEmpty();
    }
  }

  @Test
  @DisplayName("A decision that has begun uses the settings with which it began")
  void pinned() throws IOException {
    start();
    Policies policies = live.policies();
    Texts texts = live.texts();
    Texts.Found before = texts.find("whatsapp", "default", "es", TextKind.DENIED);
    write(OFF.replace("No.", "Nunca."));
    try (Policies.Pin pin = policies.pin();
        Policies.Pin inner = policies.pin()) {
      look();
      inner.close();
      assertThat(policies.autoChallenge(ACCOUNT)).isTrue();
      assertThat(texts.find("whatsapp", "default", "es", TextKind.DENIED)).isEqualTo(before);
    }
    assertThat(policies.autoChallenge(ACCOUNT)).isFalse();
    assertThat(texts.find("whatsapp", "default", "es", TextKind.DENIED)).isNotEqualTo(before);
  }

  @Test
  @DisplayName("No thread sees a mixture of two readings while they are exchanged")
  void neverMixed() throws Exception {
    start();
    LiveSettings.State on = live.latest();
    LiveSettings.State off =
        LiveSettings.State.of(
            Given.yaml(
                    "pairing: {policy: {challenges_per_hour: 6, a: {b: {auto_challenge: true}}}}")
                .read());
    Policies policies = live.policies();
    AtomicBoolean ended = new AtomicBoolean();
    List<Callable<Integer>> readers =
        Collections.nCopies(
            3,
            () -> {
              int mixed = 0;
              while (!ended.get()) {
                try (Policies.Pin pin = policies.pin()) {
                  boolean challenges = policies.autoChallenge(ACCOUNT);
                  int expected = challenges ? 5 : 6;
                  mixed += policies.of(ACCOUNT).challengesPerHour() == expected ? 0 : 1;
                }
                mixed += live.proxies().current().trusted().size() > 1 ? 1 : 0;
              }
              return mixed;
            });
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> running = readers.stream().map(threads::submit).toList();
      for (int i = 0; i < 2_000; i++) {
        live.replace(i % 2 == 0 ? off : on);
      }
      ended.set(true);
      for (Future<Integer> reader : running) {
        assertThat(reader.get(10, TimeUnit.SECONDS)).isZero();
      }
    } finally {
      ended.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  @DisplayName("To read a policy for a decision creates no object")
  void noGarbage() {
    start();
    Policies policies = live.policies();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int decisions = 10_000;
    long bytes = Long.MAX_VALUE;
    // The first rounds load classes.
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < decisions; i++) {
        try (Policies.Pin pin = policies.pin()) {
          policies.autoChallenge(ACCOUNT);
        }
      }
      bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(bytes).isLessThan(decisions);
  }

  @Test
  @DisplayName("Keys change at once if the guide says so, and only then")
  void guide() throws IOException {
    String guide =
        Files.readString(Path.of("src/site/markdown/configuration.md"), StandardCharsets.UTF_8);
    List<String> named =
        guide
            .lines()
            .filter(line -> line.startsWith("| `pairing."))
            .flatMap(line -> Stream.of(line.split("\\|")[1].split(",")))
            .map(name -> name.strip().replace("`", ""))
            .toList();
    for (SettingKey key : SettingKey.values()) {
      boolean listed =
          named.stream()
              .anyMatch(
                  name ->
                      key.path().equals(name)
                          || key.path().startsWith(name.replace("*", "")) && name.endsWith("*"));
      assertThat(listed).as(key.path()).isEqualTo(key.activation() == SettingKey.Activation.RELOAD);
    }
  }
}
