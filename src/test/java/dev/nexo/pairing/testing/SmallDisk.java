package dev.nexo.pairing.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk of a few MB that tests can fill, mounted on a directory. Needs root on Linux. */
public final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Path directory;
  private final Thread unmountAtExit = new Thread(this::unmount);

  private SmallDisk(Path directory) {
    this.directory = directory;
    Runtime.getRuntime().addShutdownHook(unmountAtExit);
  }

  /** Mounts an empty disk on an empty directory; empty if the user or system does not permit it. */
  public static Optional<SmallDisk> mount(Path directory) {
    return run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", directory.toString())
        ? Optional.of(new SmallDisk(directory))
        : Optional.empty();
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  /** Fills the disk to the last block. */
  public void fill() {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // The disk is full, as intended.
    }
  }

  /** Frees the space that {@link #fill} used. */
  public void free() {
    try {
      Files.delete(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void unmount() {
    if (!run("umount", directory.toString())) {
      run("umount", "-l", directory.toString());
    }
  }

  @Override
  public void close() {
    unmount();
    Runtime.getRuntime().removeShutdownHook(unmountAtExit);
  }
}
