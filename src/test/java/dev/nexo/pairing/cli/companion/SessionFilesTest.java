package dev.nexo.pairing.cli.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.companion.SessionToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Session files")
class SessionFilesTest {

  private static final String URL = "wss://nexo.example.com/pair";

  @TempDir private Path home;
  private SessionFiles files;
  private Path sessions;

  @BeforeEach
  void make() {
    files = new SessionFiles(home);
    sessions = home.resolve("pairing/sessions");
  }

  private static StoredSession session(String token) {
    return new StoredSession(new SessionToken(token), URL, null, null);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(sessions)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("The token is stored alone in a file that only its owner can read")
  void privateFiles() throws Exception {
    files.keep("phone", session("first-token"));

    assertThat(files.tokenPath("phone")).isEqualTo(sessions.resolve("phone.token"));
    assertThat(files.tokenPath("phone")).hasContent("first-token");
    assertThat(names()).containsExactly(".lock", "phone.json", "phone.token");
    assertThat(mode(sessions.resolve("phone.token"))).isEqualTo("rw-------");
    assertThat(mode(sessions.resolve("phone.json"))).isEqualTo("rw-------");
    assertThat(mode(sessions)).isEqualTo("rwx------");
    assertThat(mode(home.resolve("pairing"))).isEqualTo("rwx------");
    assertThat(Files.readString(sessions.resolve("phone.json"))).doesNotContain("first-token");
  }

  @Test
  @DisplayName("A missing home directory is created")
  void createsHome() {
    SessionFiles deep = new SessionFiles(home.resolve("not/there/yet"));
    deep.prepare();
    deep.keep(null, session("token"));
    assertThat(deep.find(null).token().value()).isEqualTo("token");
  }

  @Test
  @DisplayName("A stored session is found again")
  void roundTrip() {
    StoredSession kept =
        new StoredSession(new SessionToken("abc"), URL, "id-1", "2026-11-02T00:00:00Z");
    files.keep("phone", kept);
    assertThat(files.find("phone")).isEqualTo(kept);
  }

  @Test
  @DisplayName("A file that others can read is replaced by a private one")
  void replacesPublicFile() throws Exception {
    files.prepare();
    Path token = Files.writeString(sessions.resolve("phone.token"), "old");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-rw-rw-"));

    files.keep("phone", session("new-token"));

    assertThat(mode(token)).isEqualTo("rw-------");
    assertThat(token).hasContent("new-token");
  }

  @Test
  @DisplayName("A symbolic link is replaced and not followed")
  void replacesLink() throws Exception {
    files.prepare();
    Path target = Files.writeString(home.resolve("target"), "untouched");
    Files.createSymbolicLink(sessions.resolve("phone.token"), target);

    files.keep("phone", session("new-token"));

    assertThat(target).hasContent("untouched");
    assertThat(sessions.resolve("phone.token")).isRegularFile().hasContent("new-token");
    assertThat(Files.isSymbolicLink(sessions.resolve("phone.token"))).isFalse();
  }

  @Test
  @DisplayName("A concurrent reader always sees a complete token")
  void atomicWrite() throws Exception {
    List<String> tokens = List.of("a".repeat(400), "b".repeat(400));
    files.keep("phone", session(tokens.get(0)));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  files.keep("phone", session(tokens.get(i % 2)));
                }
              });
      while (!writer.isDone()) {
        assertThat(Files.readString(files.tokenPath("phone")).strip()).isIn(tokens);
        assertThat(files.find("phone").token().value()).isIn(tokens);
      }
      writer.get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(names()).containsExactly(".lock", "phone.json", "phone.token");
  }

  @Test
  @DisplayName("Concurrent writers leave the two files of one session")
  void concurrentWriters() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all =
          IntStream.range(0, 64)
              .<Future<?>>mapToObj(
                  i -> threads.submit(() -> files.keep("phone", session("token-" + i))))
              .toList();
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(files.find("phone").token().value()).startsWith("token-");
    assertThat(names()).containsExactly(".lock", "phone.json", "phone.token");
  }

  @Test
  @DisplayName("A token file that does not match the session file is refused")
  void mismatchedFiles() throws Exception {
    files.keep("phone", session("first-token"));
    Files.writeString(files.tokenPath("phone"), "somebody-elses\n");

    assertThatThrownBy(() -> files.find("phone"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("do not match");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"url\":7}", "null"})
  @DisplayName("A malformed session file is refused with the remedy")
  void malformedFile(String json) throws Exception {
    files.keep("phone", session("first-token"));
    Files.writeString(sessions.resolve("phone.json"), json);

    assertThatThrownBy(() -> files.find("phone"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("pair again");
  }

  @Test
  @DisplayName("A missing session is reported with the remedy")
  void noSession() {
    assertThatThrownBy(() -> files.find("phone"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("There is no session phone");
    files.keep("tablet", session("token"));
    assertThatThrownBy(() -> files.find("phone")).hasMessageContaining("pair first");
  }

  @Test
  @DisplayName("forget deletes a session only if the token matches")
  void forgets() throws Exception {
    files.keep("phone", session("token"));
    assertThat(files.forget("phone", new SessionToken("another"))).isFalse();
    assertThat(files.find("phone")).isEqualTo(session("token"));
    assertThat(files.forget("phone", new SessionToken("token"))).isTrue();
    assertThat(names()).containsExactly(".lock");
  }

  @Test
  @DisplayName("The only session needs no label")
  void onlySession() {
    assertThat(files.onlyLabel()).isEqualTo("default");
    files.keep("phone", session("token"));
    assertThat(files.onlyLabel()).isEqualTo("phone");
    files.keep("tablet", session("token"));
    assertThat(files.onlyLabel()).isEqualTo("default");
  }

  @Test
  @DisplayName("An unwritable directory is reported before the code is spent")
  void unwritable() throws Exception {
    Files.writeString(home.resolve("pairing"), "a file where the directory should be");
    assertThatThrownBy(() -> files.prepare())
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("Sessions cannot be stored");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "phone, phone, a plain word",
    "Ana's phone (new), Ana_s_phone__new_, a word with other signs",
    "'../../etc/passwd', ______etc_passwd, a path",
    "grüße, gr__e, letters that have more than one spelling",
    "'📱', _, a sign of two characters",
    "'a\u202Eb', a_b, a direction",
    "'', default, nothing",
    "'.', _, a dot",
    "-rf, -rf, a dash",
    "\u201ckitchen\u201d, kitchen, a mail program's quotes",
    "\u00a0kitchen\ufeff, kitchen, a no-break space and a byte order mark",
    "`kitchen`, kitchen, a chat's code",
    "<>, default, only quotes",
  })
  @DisplayName("A label becomes a safe file name")
  void fileName(String label, String name, String why) {
    assertThat(SessionFiles.fileName(label)).isEqualTo(name);
  }

  @Test
  @DisplayName("The file name of a label has at most 64 characters")
  void labelLimit() {
    assertThat(SessionFiles.fileName("a".repeat(500))).isEqualTo("a".repeat(64));
    assertThat(SessionFiles.fileName("📱".repeat(500))).isEqualTo("_".repeat(64));
    assertThat(SessionFiles.fileName(null)).isEqualTo("default");
  }
}
