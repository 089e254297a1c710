package dev.nexo.pairing.cli.importer;

import java.io.IOException;
import java.nio.file.Path;

/** A system from which senders are imported. Stateless and thread-safe. */
interface ImportSource {

  /**
   * Reads the source and changes nothing in it.
   *
   * @param path the path on the command line
   * @param findings receives the senders
   * @throws IOException if a file cannot be read; nothing is imported then
   * @throws dev.nexo.pairing.cli.terminal.CommandException if the source does not have the expected
   *     format
   */
  void read(Path path, SourceContents findings) throws IOException;
}
