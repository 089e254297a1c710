package dev.nexo.pairing.cli.importer;

import java.io.IOException;
import java.nio.file.Path;

/** A system that senders come from. Stateless and thread-safe. */
interface ImportSource {

  /** The word for it on the command line. */
  String name();

  /**
   * Reads all of it, and writes nothing there.
   *
   * @param path what the operator named
   * @param findings takes what is found
   * @throws IOException where something cannot be read; nothing is imported then
   * @throws dev.nexo.pairing.cli.terminal.CommandException where it is not what it should be
   */
  void read(Path path, SourceContents findings) throws IOException;
}
