package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.TerminalText;

/**
 * Something that is not imported.
 *
 * @param where the place it was found at
 * @param what what stands there
 * @param reason why not, and what to do about it
 */
record RejectedCandidate(String where, String what, String reason) {

  private static final int MAX_SHOWN = 100;

  /**
   * As one line for people; what strangers wrote, in the reason too, is shown without what a
   * terminal would obey.
   */
  String line() {
    String shown = TerminalText.of(what);
    return TerminalText.of(where)
        + ": "
        + (shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "…" : shown)
        + " is not imported: "
        + TerminalText.of(reason);
  }
}
