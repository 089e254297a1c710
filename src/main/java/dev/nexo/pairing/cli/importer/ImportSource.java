package dev.nexo.pairing.cli.importer;

import java.io.IOException;
import java.nio.file.Path;

/** A system that senders are imported from. Stateless and thread-safe. */
interface ImportSource {

  /**
   * Reads the source and changes nothing in it.
   *
   * @param path the path on the command line
   * @param findings receives the senders
   * @throws IOException if something cannot be read; nothing is imported then
   * @throws dev.nexo.pairing.cli.terminal.CommandException if the source has another form
   */
  void read(Path path, SourceContents findings) throws IOException;
}
