package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A configuration file that changes, and the settings and the reloader of a server that reads it.
 */
abstract class ReloadContract {

  static final ChannelAccount ACCOUNT = new ChannelAccount("whatsapp", "default");

  /** The settings of the start. */
  static final String BEFORE =
      """
      pairing:
        policy: {auto_challenge: true, challenges_per_hour: 5}
        messages: {es: {denied: "No."}}
        channels: {bridge: {password: of-the-bridge}}
        trusted_proxies: [10.0.0.1]
        session_ttl_secs: 60
      """;

  /** A configuration whose policy is off. */
  static final String OFF = BEFORE.replace("true", "false");

  @TempDir Path directory;

  final MovableClock clock = new MovableClock();
  Path file;
  LiveSettings live;
  ConfigurationReloader reloader;

  @BeforeEach
  void createFile() throws IOException {
    file = directory.resolve("pairing.yaml");
    write(BEFORE);
  }

  final void start() {
    start(Given.files(file));
  }

  final void start(Given given) {
    start(given, policies -> {});
  }

  final void start(Given given, Consumer<Policies> check) {
    EffectiveConfig config = given.read();
    live = new LiveSettings(config, false);
    reloader = new ConfigurationReloader(live, config, check, clock, null);
  }

  final void write(String yaml) throws IOException {
    Files.writeString(file, yaml);
  }

  /** Compares as often as the server does in six seconds. */
  final void look() {
    for (int i = 0; i < 3; i++) {
      reloader.look();
    }
  }

  final boolean challenges() {
    return live.policies().autoChallenge(ACCOUNT);
  }

  final String finding() {
    return String.join(
        " / ",
        reloader.examine().stream()
            .filter(finding -> finding.level() != Finding.Level.OK)
            .map(finding -> finding.id() + " " + finding.text())
            .toList());
  }

  final void assertBefore() {
    assertThat(challenges()).isTrue();
    assertThat(live.policies().of(ACCOUNT).challengesPerHour()).isEqualTo(5);
    assertThat(live.texts().configured("whatsapp", "default", "es", TextKind.DENIED)).isPresent();
    assertThat(live.accounts().password("bridge")).hasValue("of-the-bridge");
    assertThat(live.proxies().current().trusted()).hasSize(1);
  }
}
