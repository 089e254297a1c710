package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Configuration reloader")
class ConfigurationReloaderTest extends ReloadContract {

  static Stream<Arguments> badFiles() {
    String huge = "#".repeat(1 << 20) + "\n" + BEFORE;
    return Stream.of(
        Arguments.of("not YAML", "pairing: {policy: {auto_challenge: false}", "line 1"),
        Arguments.of(
            "an unknown key", "pairing:\n  policy:\n    auto_chalenge: false", ", line 3)"),
        Arguments.of(
            "an unknown key beside valid ones",
            "pairing: {policy: {auto_challenge: false}, polcy: {a: 1}}",
            "pairing.polcy"),
        Arguments.of(
            "a wrong type", "pairing: {policy: {auto_challenge: \"false\"}}", "without quotes"),
        Arguments.of(
            "an invalid text",
            "pairing: {policy: {auto_challenge: false}, messages: {es: {challenge: hunter2}}}",
            "pairing.messages.es.challenge"),
        Arguments.of(
            "a password that is too short",
            "pairing: {policy: {auto_challenge: false}, channels: {bridge: {password: hunter2}}}",
            "at least 8 characters"),
        Arguments.of(
            "settings that do not fit together",
            "pairing:\n  policy: {auto_challenge: false}\n  bus: {service: true}",
            "pairing.bus.service: requires pairing.broker.url"),
        Arguments.of(
            "a language without texts",
            "pairing: {policy: {auto_challenge: false}, language: sw}",
            "pairing.language: has no texts"),
        Arguments.of(
            "a variable that is not set",
            "pairing: {channels: {bridge: {password: \"${NOT_SET_ANYWHERE}\"}}}",
            "a name that is not set"),
        Arguments.of(
            "a file of a password that does not exist",
            "pairing: {channels: {bridge: {password_file: /nowhere/secret}}}",
            "pairing.channels.bridge.password_file: the file does not exist"),
        Arguments.of("an empty file", "", "pairing: {}"),
        Arguments.of("white space", " \n\n", "pairing: {}"),
        Arguments.of("comments only", "# pairing:\n", "pairing: {}"),
        Arguments.of("zeros, as after a crash", "\0\0\0\0", "control character"),
        Arguments.of("a file that is too large", huge, "larger than 1 MiB"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  @DisplayName("An invalid file is reported and changes nothing until it is repaired")
  void badFile(String why, String yaml, String reason) throws IOException {
    start();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.config")) {
      write(yaml);
      look();
      look();
      assertBefore();
      assertThat(reloader.examine())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.level()).isEqualTo(Finding.Level.FAULT);
                assertThat(finding.id()).isEqualTo("NXP-1160");
                assertThat(finding.text()).contains(reason, file.toString());
              });
      assertThat(log.lines("NXP-0111")).as("logged once").isEqualTo(1);
      assertThat(log.text()).doesNotContain("hunter2");
      assertThat(finding()).doesNotContain("hunter2");

      write(BEFORE);
      look();
      assertBefore();
      assertThat(finding()).isEmpty();
      assertThat(log.lines("NXP-0110")).isEqualTo(1);
    }
  }

  /** A change of a file. */
  @FunctionalInterface
  interface Change {
    void make(Path file) throws IOException;
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of("written in place", (Change) file -> Files.writeString(file, OFF), true),
        Arguments.of(
            "replaced by a renamed file",
            (Change)
                file ->
                    Files.move(
                        Files.writeString(file.resolveSibling("new"), OFF),
                        file,
                        StandardCopyOption.REPLACE_EXISTING),
            true),
        Arguments.of(
            "deleted and created again",
            (Change)
                file -> {
                  Files.delete(file);
                  Files.writeString(file, OFF);
                },
            true),
        Arguments.of(
            "replaced by a link to another file",
            (Change)
                file -> {
                  Path target = Files.writeString(file.resolveSibling("target"), OFF);
                  Files.delete(file);
                  Files.createSymbolicLink(file, target);
                },
            true),
        Arguments.of(
            "changed without a change of size and time",
            (Change)
                file -> {
                  FileTime time = Files.getLastModifiedTime(file);
                  Files.writeString(file, OFF.replace("5}", "4}").replace("false", "true "));
                  Files.setLastModifiedTime(file, time);
                },
            false),
        Arguments.of(
            "touched",
            (Change) file -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)),
            null),
        Arguments.of(
            "saved with the same content", (Change) file -> Files.writeString(file, BEFORE), null));
  }

  /**
   * {@code off}: whether the policy is then off; false: only a number is changed; null: nothing.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  @DisplayName("A change is noticed in whatever way the file is replaced")
  void replaced(String how, Change change, Boolean off) throws IOException {
    start();
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.config")) {
      LiveSettings.State before = live.latest();
      change.make(file);
      look();
      if (off == null) {
        assertThat(live.latest()).isSameAs(before);
        assertThat(log.lines("NXP-011")).isZero();
      } else if (off) {
        assertThat(challenges()).isFalse();
        assertThat(log.lines("Changed settings: pairing.policy.auto_challenge")).isEqualTo(1);
        assertThat(log.lines("NXP-0003")).as("everyone is admitted").isEqualTo(1);
      } else {
        assertThat(live.policies().of(ACCOUNT).challengesPerHour()).isEqualTo(4);
      }
      assertThat(finding()).isEmpty();
    }
  }

  @Test
  @DisplayName("A directory that is swapped by a link, as Kubernetes does, is noticed")
  void swappedDirectory() throws IOException {
    Path one = Files.createDirectory(directory.resolve("..one"));
    Path two = Files.createDirectory(directory.resolve("..two"));
    Files.writeString(one.resolve("pairing.yaml"), BEFORE);
    Files.writeString(two.resolve("pairing.yaml"), OFF);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), one.getFileName());
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("..data", "pairing.yaml"));
    start();
    assertThat(challenges()).isTrue();
    Path swapped = Files.createSymbolicLink(directory.resolve("..tmp"), two.getFileName());
    Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    look();
    assertThat(challenges()).isFalse();
  }

  @Test
  @DisplayName("A file that disappears or cannot be read is reported and changes nothing")
  void missing() throws IOException {
    start();
    Files.delete(file);
    look();
    assertBefore();
    assertThat(finding()).startsWith("NXP-1160 ").contains(file.toString(), "file not found");
    Files.createDirectory(file);
    look();
    assertBefore();
    assertThat(finding()).startsWith("NXP-1160 ").contains("cannot be read");
    Files.delete(file);
    write(OFF);
    look();
    assertThat(challenges()).isFalse();
    assertThat(finding()).isEmpty();
  }

  @Test
  @DisplayName("A file that is still being written is not used")
  void halfWritten() throws IOException {
    start();
    List<String> parts =
        List.of("", "pairing:\n", "pairing:\n  policy: {}\n", "pairing: {session_ttl_secs: 6}\n");
    for (String part : parts) {
      write(part);
      reloader.look();
      assertBefore();
      assertThat(finding()).isEmpty();
    }
    write(OFF);
    reloader.look();
    assertBefore();
    reloader.look();
    assertThat(challenges()).isFalse();
  }

  @Test
  @DisplayName("Two quick writes end with the second one")
  void twice() throws IOException {
    start();
    write(OFF);
    reloader.look();
    write(BEFORE.replace("challenges_per_hour: 5", "challenges_per_hour: 6"));
    reloader.look();
    assertThat(live.policies().of(ACCOUNT).challengesPerHour()).isEqualTo(5);
    reloader.look();
    assertThat(live.policies().of(ACCOUNT).challengesPerHour()).isEqualTo(6);
    assertThat(challenges()).isTrue();
  }

  @Test
  @DisplayName("A file that changes while it is read is read again")
  void changesWhileRead() throws IOException {
    List<String> later = new ArrayList<>(List.of(BEFORE.replace("5}", "6}")));
    start(
        Given.files(file),
        policies -> {
          if (!later.isEmpty()) {
            try {
              write(later.remove(0));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        });
    write(OFF);
    look();
    look();
    assertThat(challenges()).isTrue();
    assertThat(live.policies().of(ACCOUNT).challengesPerHour()).isEqualTo(6);
  }

  @Test
  @DisplayName("Policies that another check refuses are reported and do not become active")
  void refusedByCheck() throws IOException {
    start(
        Given.files(file),
        policies -> {
          if (!policies.anyChallenge()) {
            throw ConfigurationException.of("A_VARIABLE", "fits more than one name", "a test");
          }
        });
    Instant start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    assertThat(reloader.examine())
        .containsExactly(
            Finding.ok("configuration", "All settings are active, as read at " + start + "."));
    clock.move(Duration.ofHours(1));
    write(BEFORE.replace("5}", "6}"));
    look();
    Instant later = start.plus(Duration.ofHours(1));
    assertThat(reloader.examine().get(0).text()).contains(later.toString());
    write(BEFORE);
    look();
    write(OFF);
    look();
    assertBefore();
    assertThat(finding()).startsWith("NXP-1160 ").contains("A_VARIABLE: fits more than one name");
  }

  @Test
  @DisplayName("A failure that nobody expects is reported, and the next comparison tries again")
  void unexpected() throws IOException {
    List<RuntimeException> failures = new ArrayList<>(List.of(new IllegalStateException("x")));
    start(
        Given.files(file),
        policies -> {
          if (!failures.isEmpty()) {
            throw failures.remove(0);
          }
        });
    write(OFF);
    reloader.look();
    reloader.look();
    assertBefore();
    assertThat(finding()).startsWith("NXP-1160 ").contains("IllegalStateException");
    look();
    assertThat(challenges()).isFalse();
    assertThat(finding()).isEmpty();
  }

  @Test
  @DisplayName("A file in the configuration directory may be created later")
  void createdLater() throws IOException {
    Files.delete(file);
    start(Given.nothing().inDirectory(directory));
    assertThat(challenges()).isFalse();
    look();
    assertThat(finding()).isEmpty();
    write(BEFORE);
    look();
    assertThat(challenges()).isTrue();
    Files.delete(file);
    look();
    assertThat(challenges()).as("a missing file opens nothing").isTrue();
    assertThat(finding()).startsWith("NXP-1160 ").contains("file not found");
  }

  @Test
  @DisplayName("All settings can be removed by writing it")
  void removed() throws IOException {
    start();
    write("pairing: {}");
    look();
    assertThat(challenges()).isFalse();
    assertThat(live.accounts().password("bridge")).isEmpty();
    assertThat(live.proxies().current().trusted()).isEmpty();
    assertThat(finding())
        .isEqualTo(
            "NXP-1161 These settings have changed and become active with the next start:"
                + " pairing.session_ttl_secs");
  }
}
