package dev.nexo.pairing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Private file")
class PrivateFileTest {

  /** A group that no test process is in. */
  private static final int FOREIGN = 54321;

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}:{1} {2}: {4}")
  @CsvSource({
    "0, own, r--r-----, true, a secret that a container mounts",
    "0, own, rw-r-----, true, a secret that root may change",
    "0, own, rw-------, true, only root",
    "0, foreign, r--r-----, false, a group of other users",
    "0, own, rw-rw----, false, the group may change it",
    "0, own, r--r--r--, false, every user may read it",
    "0, own, rw-r---w-, false, every user may change it",
    "12345, own, rw-r-----, false, another user could change it",
    "12345, foreign, rw-------, true, only its owner",
  })
  @DisplayName("The group may read a file of root if it is a group of this process")
  void groups(int owner, String group, String mode, boolean isPrivate, String reason)
      throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root can give files to other users");
    Path file = Files.write(directory.resolve("secret"), new byte[32]);
    int own = ProcessGroups.ids().iterator().next();
    Files.setAttribute(file, "unix:gid", group.equals("own") ? own : FOREIGN);
    Files.setAttribute(file, "unix:uid", owner);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThat(PrivateFile.modeOpenToOthers(file).isEmpty()).as(reason).isEqualTo(isPrivate);
  }

  @Test
  @DisplayName("The groups of this process contain the group of its new files")
  void ownGroups() throws IOException {
    Path file = Files.createFile(directory.resolve("new"));
    assertThat(ProcessGroups.ids())
        .contains((Integer) Files.getAttribute(file, "unix:gid"))
        .doesNotContain(FOREIGN);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            new FileSystemException("key", null, "Operation not permitted"), "vfat, exFAT, SMB"),
        Arguments.of(new FileSystemException("key", null, "Function not implemented"), "FUSE"),
        Arguments.of(new FileSystemException("key", null, "Invalid cross-device link"), "overlay"),
        Arguments.of(new FileSystemException("key", null, "Too many links"), "a limit"),
        Arguments.of(new UnsupportedOperationException(), "no links in Java"));
  }

  private static PrivateFile.Linker refusing(Exception fault) {
    return (name, existing) -> {
      if (fault instanceof IOException io) {
        throw io;
      }
      throw (RuntimeException) fault;
    };
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("refusals")
  @DisplayName("Without hard links a file is created exclusively, complete and private")
  void withoutLinks(Exception fault, String reason) throws IOException {
    Path draft = Files.createTempFile(directory, "key", PrivateFile.DRAFT);
    Files.writeString(draft, "new");
    Path name = directory.resolve("key");
    PrivateFile.publish(draft, name, refusing(fault));
    assertThat(name).hasContent("new");
    assertThat(PrivateFile.modeOpenToOthers(name)).isEmpty();

    Path second = Files.writeString(directory.resolve("second"), "other");
    assertThatThrownBy(() -> PrivateFile.publish(second, name, refusing(fault)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(name).hasContent("new");
  }

  @Test
  @DisplayName("If the content is gone, no empty file stays behind")
  void leavesNothing() {
    Path name = directory.resolve("key");
    Path gone = directory.resolve("gone");
    assertThatThrownBy(
            () -> PrivateFile.publish(gone, name, refusing(new UnsupportedOperationException())))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(name).doesNotExist();
  }
}
