package dev.nexo.pairing.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.platform.PrivateFile;
import dev.nexo.pairing.setupcode.SetupCodeContract;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.PairingContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Key file")
class KeyFileTest extends SetupCodeContract {

  @Test
  @DisplayName("Only the first setup code creates the key")
  void createsKey() throws IOException {
    PairingContainer server = server("a");
    assertThat(ready(server).up()).isTrue();
    assertThat(word(server)).contains("not created yet");
    assertThat(keyPath("a")).doesNotExist();
    assertThatThrownBy(() -> server.get(KeyedMac.class).mac(new byte[1]))
        .isInstanceOf(SigningKeyException.class);
    assertThat(keyPath("a")).doesNotExist();

    assertThat(verifies(server, issue(server))).isTrue();
    assertThat(Files.size(keyPath("a"))).isEqualTo(32);
    assertThat(mode(keyPath("a"))).isEqualTo("rw-------");
    assertThat(mode(keyPath("a").getParent())).isEqualTo("rwx------");
    assertThat(secrets("a")).containsExactly("pairing.key");
    assertThat(word(server)).isEqualTo("fine");
    byte[] made = bytes(keyPath("a"));
    issue(server);
    assertThat(bytes(keyPath("a"))).isEqualTo(made);
    assertThat(keys(server))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.fingerprint).isEqualTo(fingerprint(keyPath("a")));
              assertThat(row.origin).endsWith(":" + keyPath("a"));
            });
    assertThat(audit(server))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.action()).isEqualTo("key_made");
              assertThat(line.detail())
                  .startsWith(fingerprint(keyPath("a")).substring(0, 16) + " ");
            });
  }

  @Test
  @DisplayName("A bad file is never used or overwritten, and the remedy is logged once")
  void badFile() throws IOException {
    Object[][] rows = {
      // bytes, mode, what the log says, the word in health
      {31, "rw-------", "32 bytes", "not 32 bytes"},
      {33, "rw-------", "32 bytes", "not 32 bytes"},
      {0, "rw-------", "32 bytes", "not 32 bytes"},
      {100_000, "rw-------", "32 bytes", "not 32 bytes"},
      {32, "rw-r-----", "chmod 600", "open to other users"},
      {32, "rw--w----", "chmod 600", "open to other users"},
      {32, "rw----r--", "chmod 600", "open to other users"},
      {32, "rw-----w-", "chmod 600", "open to other users"},
      {32, "rwxrwxrwx", "chmod 600", "open to other users"},
    };
    PairingContainer server = server("a");
    for (Object[] row : rows) {
      try (LogCapture log = LogCapture.of(KeyRing.class.getName())) {
        byte[] bytes = new byte[(int) row[0]];
        Path path = put(keyPath("a"), bytes);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString((String) row[1]));
        giveToForeignGroup(path);
        assertUnfit(server, (String) row[2], (String) row[3]);
        assertThat(log.lines(path.toString())).as("lines about %s", List.of(row)).isEqualTo(1);
        assertThat(bytes(path)).isEqualTo(bytes);
        assertThat(mode(path)).isEqualTo(row[1]);
        Files.delete(path);
        assertThat(ready(server).up()).isTrue();
      }
    }
    Files.createDirectory(keyPath("a"));
    assertUnfit(server, "cannot be read (not a readable file)", "unreadable");
    Files.delete(keyPath("a"));
    Files.createSymbolicLink(keyPath("a"), directory.resolve("nowhere"));
    assertUnfit(server, "cannot be read (not a readable file)", "unreadable");
    assertThat(directory.resolve("nowhere")).doesNotExist();
    assertThat(keys(server)).isEmpty();
  }

  /** Root's own group may read a file of root. */
  private static void giveToForeignGroup(Path path) throws IOException {
    if (Files.getAttribute(path, "unix:uid").equals(0)) {
      Files.setAttribute(path, "unix:gid", 54321);
    }
  }

  private void assertUnfit(PairingContainer server, String remedy, String word) {
    assertThat(ready(server).up()).isFalse();
    assertThat(ready(server).details()).isEqualTo(Map.of("key_file", word));
    assertThat(problem(server)).contains(keyPath("a").toString(), remedy);
    assertThatThrownBy(() -> issue(server))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContainingAll(keyPath("a").toString(), remedy);
    assertThatThrownBy(() -> codes(server).rotateKey(OPERATOR))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContaining(remedy);
  }

  @Test
  @DisplayName("The problem is logged again if it recurs after a repair")
  void logsAgain() throws IOException {
    PairingContainer server = server("a");
    issue(server);
    byte[] key = bytes(keyPath("a"));
    try (LogCapture log = LogCapture.of(KeyRing.class.getName())) {
      for (int times = 1; times <= 2; times++) {
        Files.delete(keyPath("a"));
        for (int i = 0; i < 3; i++) {
          assertThat(word(server)).isEqualTo("missing");
        }
        assertThat(log.lines("Copy it from")).isEqualTo(times);
        put(keyPath("a"), key);
        assertThat(word(server)).isEqualTo("fine");
      }
    }
  }

  @Test
  @DisplayName("A file that becomes bad is noticed, and so is its repair")
  void noticesChange() throws IOException {
    PairingContainer server = server("a");
    issue(server);
    Files.setPosixFilePermissions(keyPath("a"), PosixFilePermissions.fromString("rw-r--r--"));
    assertUnfit(server, "chmod 600", "open to other users");
    Files.setPosixFilePermissions(keyPath("a"), PosixFilePermissions.fromString("r--------"));
    assertThat(ready(server).up()).isTrue();
    issue(server);
  }

  @Test
  @DisplayName("Nexo's own key is used as it is, also through a link")
  void nexoKey() throws IOException {
    Path nexos = put(directory.resolve("nexo.key"), Vectors.bytes("nexo-pairing.key"));
    Files.createDirectories(keyPath("a").getParent());
    Files.createSymbolicLink(keyPath("a"), nexos);
    PairingContainer server = server("a");
    assertThat(ready(server).up()).isTrue();
    assertThat(inForce(server)).isEqualTo(fingerprint(nexos));
    assertThat(verifies(server, issue(server))).isTrue();
  }

  @Test
  @DisplayName("A directory that cannot be created is reported")
  void noDirectory() throws IOException {
    Files.writeString(directory.resolve("a"), "in the way");
    PairingContainer server = server("a");
    assertThatThrownBy(() -> issue(server))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContainingAll(keyPath("a").toString());
    assertThat(directory.resolve("a")).hasContent("in the way");
  }

  @Test
  @DisplayName("A key file is private from the first byte and never partial")
  void atomicCreate() throws Exception {
    Path made = directory.resolve("many");
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Set<String>> seen =
        CompletableFuture.supplyAsync(
            () -> {
              Set<String> sights = new TreeSet<>();
              while (!done.get()) {
                look(made, sights);
              }
              return sights;
            });
    for (int i = 0; i < 300; i++) {
      PrivateFile.make(made.resolve("key" + i), key(i));
    }
    done.set(true);
    assertThat(seen.get()).containsOnly("rw------- draft", "rw------- 32 bytes");
    assertThat(made).isDirectoryNotContaining("glob:**.draft");
    assertThatThrownBy(() -> PrivateFile.make(made.resolve("key7"), key(8)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(bytes(made.resolve("key7"))).isEqualTo(key(7));
    assertThat(made).isDirectoryNotContaining("glob:**.draft");
  }

  private static void look(Path directory, Set<String> sights) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        boolean draft = file.toString().endsWith(PrivateFile.DRAFT);
        sights.add(mode(file) + (draft ? " draft" : " " + Files.size(file) + " bytes"));
      }
    } catch (NoSuchFileException e) {
      // A draft that has become a file.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
