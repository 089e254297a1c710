package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.util.List;
import java.util.stream.Collectors;

/** All systems that senders can come from. */
final class ImportSources {

  private static final List<ImportSource> ALL =
      List.of(
          new OpenClawSource(),
          new NexoSource(),
          new HermesSource(),
          new NanobotSource(),
          new CsvSource());

  private ImportSources() {}

  /**
   * The one of that name.
   *
   * @throws CommandException where there is none
   */
  static ImportSource named(String word) {
    return ALL.stream()
        .filter(source -> source.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "There is no source "
                        + TerminalText.of(word)
                        + "; there are "
                        + ALL.stream().map(ImportSource::name).collect(Collectors.joining(", "))));
  }
}
