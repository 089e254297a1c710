package dev.nexo.pairing.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.cli.CliRunner;
import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the server's address and the password come from, and where a password never goes. */
@DisplayName("Credential resolver")
class CredentialResolverTest {

  @TempDir Path home;

  private Path write(String path, String text, String mode) throws IOException {
    Path file = home.resolve(".nexo").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private Path settings(String text) throws IOException {
    return write("pairing/cli.properties", text, "rw-------");
  }

  private Login login(CliRunner shell, String server, String user, Path file) {
    PrintStream none = new PrintStream(PrintStream.nullOutputStream());
    return new CredentialResolver(shell.around(none, none)).login(server, user, file);
  }

  private CliRunner shell() {
    return new CliRunner(home);
  }

  @Test
  @DisplayName("The default is the user operator on the local server")
  void defaults() {
    Login login = login(shell(), null, null, null);
    assertThat(login).hasToString("operator@http://127.0.0.1:9080");
    assertThat(login.authorization()).isNull();
    assertThat(login(shell().with("HTTP_PORT", "9090"), null, null, null).server())
        .hasToString("http://127.0.0.1:9090");
  }

  @Test
  @DisplayName("Options override the environment, which overrides files")
  void precedence() throws IOException {
    write("secret/operator.password", "of-the-server\n", "rw-------");
    assertThat(login(shell(), null, null, null).password()).isEqualTo("of-the-server");
    settings("server=http://127.0.0.1:1\nuser=ana\npassword=of-the-file\n");
    assertThat(login(shell(), null, null, null))
        .hasToString("ana@http://127.0.0.1:1")
        .extracting(Login::password)
        .isEqualTo("of-the-file");
    CliRunner set =
        shell()
            .with("NEXO_PAIR_SERVER", "http://127.0.0.1:2")
            .with("NEXO_PAIR_USER", "ben")
            .with("NEXO_PAIR_PASSWORD", "of-the-environment");
    assertThat(login(set, null, null, null))
        .hasToString("ben@http://127.0.0.1:2")
        .extracting(Login::password)
        .isEqualTo("of-the-environment");
    Path file = Files.writeString(home.resolve("password"), "of-the-flag\n");
    assertThat(login(set, "http://127.0.0.1:3/", "cleo", file))
        .hasToString("cleo@http://127.0.0.1:3")
        .extracting(Login::password)
        .isEqualTo("of-the-flag");
  }

  @Test
  @DisplayName("A stored password is never sent to another server")
  void otherServer() throws IOException {
    write("secret/operator.password", "of-the-server\n", "rw-------");
    assertThat(login(shell(), "https://elsewhere.example.com", null, null).password()).isNull();
    settings("server=https://nexo.example.com\npassword=of-the-file\n");
    assertThat(login(shell(), null, null, null).password()).isEqualTo("of-the-file");
    assertThat(login(shell(), "https://elsewhere.example.com", null, null).password()).isNull();
    CliRunner set = shell().with("NEXO_PAIR_SERVER", "https://elsewhere.example.com");
    assertThat(login(set, null, null, null).password()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the default address, http://127.0.0.1:9090, of-the-server",
    "the same with a slash, http://127.0.0.1:9090/, of-the-server",
    "another port, http://127.0.0.1:9080,",
    "another spelling of this machine, http://localhost:9090,",
    "another scheme, https://127.0.0.1:9090,",
    "a path of a proxy's, http://127.0.0.1:9090/gate,"
  })
  @DisplayName("The local server's password is sent only to its own address")
  void localServer(String reason, String url, String password) throws IOException {
    write("secret/operator.password", "of-the-server\n", "rw-------");
    CliRunner shell = shell().with("HTTP_PORT", "9090");
    assertThat(login(shell, url, null, null).password()).isEqualTo(password);
    assertThat(login(shell.with("NEXO_PAIR_SERVER", url), null, null, null).password())
        .isEqualTo(password);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no option, , of-the-environment",
    "the same address, https://nexo.example.com/, of-the-environment",
    "another host, https://elsewhere.example.com,",
    "another port, https://nexo.example.com:8443,",
    "this machine, http://127.0.0.1:9080, of-the-server"
  })
  @DisplayName("The environment's password is sent only to the environment's server")
  void environmentServer(String reason, String url, String password) throws IOException {
    write("secret/operator.password", "of-the-server\n", "rw-------");
    CliRunner set =
        shell()
            .with("NEXO_PAIR_SERVER", "https://nexo.example.com")
            .with("NEXO_PAIR_PASSWORD", "of-the-environment");
    assertThat(login(set, url, null, null).password()).isEqualTo(password);
  }

  @Test
  @DisplayName("The environment's password applies anywhere if it names no server")
  void environmentAnyServer() {
    CliRunner set = shell().with("NEXO_PAIR_PASSWORD", "of-the-environment");
    assertThat(login(set, "https://nexo.example.com", null, null).password())
        .isEqualTo("of-the-environment");
  }

  @Test
  @DisplayName("No string representation contains a password")
  void redacted() throws IOException {
    settings("password=secret-of-the-file\n");
    Login login = login(shell(), null, null, null);
    assertThat(login.password()).isEqualTo("secret-of-the-file");
    assertThat(login.toString()).doesNotContain("secret-of");
    assertThat(CredentialsFile.read(home.resolve(".nexo")).toString()).doesNotContain("secret-of");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "open to the group, rw-rw----, password=x, is accessible to other users",
    "open to all, rw-r--r--, password=x, chmod 600",
    "an unknown key, rw-------, pasword=x, unknown key pasword",
    "a bad escape, rw-------, password=\\u12, is malformed"
  })
  @DisplayName("An unsafe or malformed settings file is refused")
  void badSettingsFile(String reason, String mode, String text, String said) throws IOException {
    write("pairing/cli.properties", text, mode);
    assertThatThrownBy(() -> login(shell(), null, null, null))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a host elsewhere in clear text, http://nexo.example.com, in clear text",
    "a name that begins like loopback, http://127.0.0.1.example.com, in clear text",
    "an address that is not loopback, http://10.0.0.1:9080, in clear text",
    "a password in it, https://a:secret@nexo.example.com, must look like",
    "a query, https://nexo.example.com?x=1, must look like",
    "another scheme, ftp://nexo.example.com, must look like",
    "no scheme, nexo.example.com, must look like",
    "no port of TCP, https://nexo.example.com:70000, must look like",
    "no URL at all, https://nexo example, must look like"
  })
  @DisplayName("An unsafe or malformed server address is refused")
  void badAddress(String reason, String url, String said) {
    assertThatThrownBy(() -> ServerUrl.of(url))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://127.0.0.1:9080/, http://127.0.0.1:9080, true",
    "http://localhost, http://localhost, true",
    "http://[::1]:9080, http://[::1]:9080, true",
    "https://nexo.example.com/gate/, https://nexo.example.com/gate, false"
  })
  @DisplayName("A valid server address is accepted and normalized")
  void goodAddress(String url, String text, boolean loopback) {
    assertThat(ServerUrl.of(url)).hasToString(text);
    assertThat(ServerUrl.of(url).isLoopback()).isEqualTo(loopback);
  }

  @Test
  @DisplayName("A user name with a colon is refused")
  void colonInUser() {
    assertThatThrownBy(() -> login(shell(), null, "a:b", null)).hasMessageContaining("colon");
  }

  @Test
  @DisplayName("A password file must exist, be small and have one line")
  void passwordFile() throws IOException {
    Path file = Files.writeString(home.resolve("password"), "a\nb\n");
    assertThatThrownBy(() -> login(shell(), null, null, file)).hasMessageContaining("single line");
    Files.writeString(file, "x".repeat(SecretFile.MAX + 1));
    assertThatThrownBy(() -> login(shell(), null, null, file)).hasMessageContaining("16 KiB");
    Files.delete(file);
    assertThatThrownBy(() -> login(shell(), null, null, file)).hasMessageContaining("not exist");
  }

  @Test
  @DisplayName("A byte order mark is no part of a file's content")
  void byteOrderMark() throws IOException {
    Path file = Files.writeString(home.resolve("password"), "\uFEFFof-the-flag\r\n");
    assertThat(login(shell(), null, null, file).password()).isEqualTo("of-the-flag");
    write("secret/operator.password", "\uFEFFof-the-server\r\n", "rw-------");
    assertThat(login(shell(), null, null, null).password()).isEqualTo("of-the-server");
    settings("\uFEFFserver=http://127.0.0.1:1\r\npassword=of-the-file\r\n");
    assertThat(login(shell(), null, null, null).password()).isEqualTo("of-the-file");
  }
}
