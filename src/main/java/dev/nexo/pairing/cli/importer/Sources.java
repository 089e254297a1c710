package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.CommandFault;
import dev.nexo.pairing.cli.ShownText;
import java.util.List;
import java.util.stream.Collectors;

/** All systems that senders can come from. */
final class Sources {

  private static final List<Source> ALL =
      List.of(
          new OpenClawSource(),
          new NexoSource(),
          new HermesSource(),
          new NanobotSource(),
          new CsvSource());

  private Sources() {}

  /**
   * The one of that name.
   *
   * @throws CommandFault where there is none
   */
  static Source named(String word) {
    return ALL.stream()
        .filter(source -> source.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFault(
                    "There is no source "
                        + ShownText.of(word)
                        + "; there are "
                        + ALL.stream().map(Source::word).collect(Collectors.joining(", "))));
  }
}
