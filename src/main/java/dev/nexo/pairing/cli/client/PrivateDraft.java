package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that its owner alone may read, from its first byte; it takes its name only once it is
 * whole. For one thread.
 */
public final class PrivateDraft implements AutoCloseable {

  private final Path draft;
  private final Path target;

  private PrivateDraft(Path draft, Path target) {
    this.draft = draft;
    this.target = target;
  }

  /**
   * Begins a file beside the one that it is to replace.
   *
   * @throws CommandException where it cannot be written there
   */
  public static PrivateDraft of(Path target) {
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(target)) {
      throw new CommandException(target + " is a directory; name a file in it");
    }
    try {
      return new PrivateDraft(PrivateFiles.draft(directory), target);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Fills it and gives it its name. */
  public void keep(byte[] bytes) {
    try {
      Files.write(draft, bytes);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Takes it away where it was not kept. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static CommandException unwritable(Path target, IOException e) {
    return new CommandException(
        target + " cannot be written (" + e.getClass().getSimpleName() + "); name another place",
        e);
  }
}
