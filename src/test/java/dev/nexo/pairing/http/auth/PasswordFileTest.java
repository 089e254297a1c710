package dev.nexo.pairing.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.http.console.StartupBanner;
import dev.nexo.pairing.http.fake.FakeSecrets;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testing.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Password file")
class PasswordFileTest {

  private static final IdSource IDS = () -> UUID.randomUUID().toString();

  private final SecureRandom random = new SecureRandom();
  private final FakeSecrets shared = new FakeSecrets();
  private final MovableTicker ticker = new MovableTicker();

  @TempDir Path home;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = home.resolve("deep/secret/operator.password");
  }

  @Test
  @DisplayName("The first start creates a private password file")
  void createsPrivateFile() throws IOException {
    String made = new PasswordFile(path).readOrMake(random);
    assertThat(made).hasSize(26).matches("[a-km-np-z2-9]+");
    assertThat(mode(path)).isEqualTo("rw-------");
    assertThat(mode(path.getParent())).isEqualTo("rwx------");
    assertThat(new PasswordFile(path).readOrMake(random)).as("the next start").isEqualTo(made);
    Files.delete(path);
    assertThat(new PasswordFile(path).readOrMake(random)).as("deleted").isNotEqualTo(made);
  }

  @Test
  @DisplayName("A bad file prevents the start with a remedy and is left unchanged")
  void badFile() throws IOException {
    Object[][] rows = {
      // content, mode, what the message says
      {"", "rw-------", "Delete it"},
      {"short\n", "rw-------", "Delete it"},
      {"a-password-that-is-long-enough", "rw-r--r--", "chmod 600"},
      {"a-password-that-is-long-enough", "rw----r--", "chmod 600"},
      {"a-password-that-is-long-enough", "rw--w----", "chmod 600"}
    };
    Files.createDirectories(path.getParent());
    for (Object[] row : rows) {
      Files.writeString(path, (String) row[0]);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString((String) row[1]));
      assertThatThrownBy(() -> new PasswordFile(path).readOrMake(random))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(path.toString(), (String) row[2])
          .hasMessageNotContaining("long-enough");
      assertThat(Files.readString(path)).isEqualTo(row[0]);
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'a-password-long-enough\n' | a line end",
        "'a-password-long-enough\r\n' | a line end of Windows",
        "'\uFEFFa-password-long-enough\r\n' | a byte order mark",
        "' a-password-long-enough ' | spaces around"
      })
  @DisplayName("What an editor adds to the file is no part of the password")
  void editedFile(String content, String why) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    assertThat(new PasswordFile(path).readOrMake(random)).isEqualTo("a-password-long-enough");
  }

  @Test
  @DisplayName("A directory in its place prevents the start")
  void directory() throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> new PasswordFile(path).readOrMake(random))
        .hasMessageContaining("pairing.operator.password");
  }

  @Test
  @DisplayName("A configured password needs no file")
  void configured() {
    OperatorPassword password =
        new OperatorPassword(
            settings(Optional.of("a-configured-one"), "BUILTIN"), random, IDS, shared, ticker);
    assertThat(password.matches("a-configured-one")).isTrue();
    assertThat(password.matches("another")).isFalse();
    assertThat(path).doesNotExist();
  }

  @Test
  @DisplayName("The server's own accounts need no file")
  void serverAccounts() {
    new OperatorPassword(settings(Optional.empty(), "SERVER"), random, IDS, shared, ticker);
    assertThat(path).doesNotExist();
  }

  @Test
  @DisplayName("The startup banner names the file and not the password")
  void banner() throws IOException {
    OperatorPassword made =
        new OperatorPassword(settings(Optional.empty(), "BUILTIN"), random, IDS, shared, ticker);
    String notice = StartupBanner.text(made, "http://127.0.0.1:9080", "/srv/logs/messages.log");
    assertThat(notice)
        .contains(
            "curl -u \"operator:$(cat '" + path + "')\" -H 'Content-Type: application/json' -d '{",
            "http://127.0.0.1:9080/api/v1/inbound",
            "The log is /srv/logs/messages.log")
        .doesNotContain(Files.readString(path).strip());
    String configured =
        StartupBanner.text(
            new OperatorPassword(
                settings(Optional.of("a-configured-one"), "BUILTIN"), random, IDS, shared, ticker),
            "http://127.0.0.1:9080",
            "/srv/logs/messages.log");
    assertThat(configured).contains("pairing.operator.password").doesNotContain("a-configured");
  }

  @Test
  @DisplayName("A second server on the database uses the first one's password")
  void secondServer() throws IOException {
    OperatorPassword first = operator();
    String password = Files.readString(path).strip();
    path = home.resolve("second/operator.password");
    OperatorPassword second = operator();
    assertThat(path).doesNotExist();
    assertThat(second.matches(password)).isTrue();
    assertThat(second.whereabouts().orElseThrow()).contains("deep/secret/operator.password");
    path = home.resolve("deep/secret/operator.password");
    Files.delete(path);
    OperatorPassword restarted = operator();
    String renewed = Files.readString(path).strip();
    assertThat(renewed).isNotEqualTo(password);
    assertThat(restarted.matches(renewed)).isTrue();
    assertThat(second.matches(renewed)).as("without a restart").isTrue();
    assertThat(second.matches(password)).isFalse();
    assertThat(first.matches(password)).as("for 1 s").isTrue();
    ticker.move(Duration.ofMillis(1_001));
    assertThat(first.matches(password)).isFalse();
    assertThat(first.matches(renewed)).isTrue();
  }

  @Test
  @DisplayName("Two servers that start without the database agree when it is back")
  void agreedLater() throws IOException {
    shared.fail(true);
    OperatorPassword first = operator();
    String password = Files.readString(path).strip();
    assertThat(first.matches(password)).as("its own until then").isTrue();
    assertThatThrownBy(first::latestDigest).isInstanceOf(StorageUnavailableException.class);
    path = home.resolve("second/operator.password");
    OperatorPassword second = operator();
    String others = Files.readString(path).strip();
    assertThat(second.matches(password)).isFalse();

    shared.fail(false);
    assertThat(first.matches(password)).isTrue();
    assertThat(second.matches(others)).isFalse();
    assertThat(second.matches(password)).isTrue();
    assertThat(second.latestDigest()).isEqualTo(first.latestDigest());
    assertThat(second.file()).isEmpty();
    assertThat(second.whereabouts().orElseThrow()).contains("deep/secret/operator.password");
    assertThat(first.file()).contains(home.resolve("deep/secret/operator.password"));
  }

  @Test
  @DisplayName("Without the database the last password remains valid")
  void databaseLost() throws IOException {
    OperatorPassword password = operator();
    String made = Files.readString(path).strip();
    shared.fail(true);
    ticker.move(Duration.ofMinutes(1));
    assertThat(password.matches(made)).isTrue();
    assertThat(password.matches("a-guess-of-a-stranger")).isFalse();
  }

  @Test
  @DisplayName("A password file that is not in use is reported and left unchanged")
  void ignoredFile() throws IOException {
    operator();
    path = home.resolve("second/operator.password");
    Files.createDirectories(path.getParent());
    Files.writeString(path, "a-password-of-long-ago\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    OperatorPassword second = operator();
    assertThat(second.matches("a-password-of-long-ago")).isFalse();
    assertThat(path).hasContent("a-password-of-long-ago");
  }

  @Test
  @DisplayName("Servers that start at once in one directory share one password")
  void concurrentStarts() throws Exception {
    List<String> made =
        Together.run(16, i -> new PasswordFile(path).readOrMake(new SecureRandom()));
    assertThat(made.stream().distinct()).hasSize(1);
    assertThat(path.getParent()).isDirectoryNotContaining("glob:**.draft");
  }

  private OperatorPassword operator() {
    return new OperatorPassword(settings(Optional.empty(), "BUILTIN"), random, IDS, shared, ticker);
  }

  private SecuritySettings settings(Optional<String> password, String accounts) {
    return new SecuritySettings(SecuritySettings.Accounts.valueOf(accounts), password, path, false);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
