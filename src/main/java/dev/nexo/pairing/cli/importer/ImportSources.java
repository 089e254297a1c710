package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The import sources by their names on the command line. */
final class ImportSources {

  private static final Map<String, ImportSource> ALL = new LinkedHashMap<>();

  static {
    ALL.put("openclaw", new OpenClawSource());
    ALL.put("nexo", new NexoSource());
    ALL.put("hermes", new HermesSource());
    ALL.put("nanobot", new NanobotSource());
    ALL.put("csv", new CsvSource());
  }

  private ImportSources() {}

  /**
   * Returns the source with a name.
   *
   * @throws CommandException if there is none
   */
  static ImportSource named(String name) {
    ImportSource source = ALL.get(name);
    if (source == null) {
      throw new CommandException(
          "Unknown source "
              + TerminalText.of(name)
              + "; valid sources are "
              + String.join(", ", ALL.keySet()));
    }
    return source;
  }

  /** The names of all sources, which shells complete. */
  static final class Names implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return ALL.keySet().iterator();
    }
  }
}
