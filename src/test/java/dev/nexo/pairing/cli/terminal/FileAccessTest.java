package dev.nexo.pairing.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Access to files")
class FileAccessTest {

  /** The owners that alice can see: she may not search nexo's and her own closed directory. */
  private static final Map<String, String> OWNERS =
      Map.of(
          "/", "root",
          "/srv", "root",
          "/srv/nexo", "nexo",
          "/srv/open/pairing.db", "nexo",
          "/srv/open", "root",
          "/home/alice", "alice",
          "/home/alice/mine", "alice");

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/srv/nexo/data/pairing.db|nexo|The directory /srv/nexo belongs to nexo||a directory of"
            + " another user that cannot be searched",
        "/srv/open/pairing.db|nexo|It belongs to nexo||a file of another user that cannot be read",
        "/srv/open/backup.zip|root|The directory /srv/open belongs to root||a directory of root"
            + " that cannot be written",
        "/home/alice/mine||chmod u+rw '/home/alice/mine'|own|a file of this user without the"
            + " right to read",
        "/home/alice/closed/file||chmod u+rwx '/home/alice'|own|a directory of this user without"
            + " the right to search",
      })
  @DisplayName("The last owner that can be seen is named, with what to do")
  void owners(String path, String owner, String said, String own, String reason) {
    ForbiddenFileException e =
        FileAccess.forbidden(Path.of(path), "readable by", "alice", FileAccessTest::owner);
    assertThat(e.getMessage()).startsWith(path + " is not readable by the user alice");
    assertThat(e.getMessage()).contains(said);
    assertThat(e.owner()).isEqualTo(owner);
  }

  private static String owner(Path path) throws IOException {
    String owner = OWNERS.get(path.toString());
    if (owner == null) {
      throw new AccessDeniedException(path.toString());
    }
    return owner;
  }

  @Test
  @DisplayName("Existing, missing and linked files are told apart")
  void exists(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("none"));
    assertThat(FileAccess.exists(file)).isTrue();
    assertThat(FileAccess.exists(directory.resolve("none"))).isFalse();
    assertThat(FileAccess.exists(link)).isFalse();
    assertThat(FileAccess.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    // A file in the place of a directory: there can be no file in it.
    assertThat(FileAccess.unreadable(file.resolve("x"))).isEmpty();
    assertThat(FileAccess.unreadable(file)).isEmpty();
    assertThatThrownBy(() -> FileAccess.requireReadable(directory.resolve("none")))
        .isInstanceOf(CommandException.class)
        .hasMessage("There is no file " + directory.resolve("none"));
  }

  @Test
  @DisplayName("The reason of an error is short, and missing access has its own exception")
  void reasons() {
    assertThat(FileAccess.reason(new NoSuchFileException("/x"))).isEqualTo("it does not exist");
    assertThat(FileAccess.reason(new IOException("broken"))).isEqualTo("broken");
    assertThatThrownBy(() -> FileAccess.reason(new AccessDeniedException("/x")))
        .isInstanceOf(ForbiddenFileException.class)
        .hasMessageStartingWith("/x is not accessible to the user ");
  }
}
