package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.TerminalText;

/**
 * Something that is not imported.
 *
 * @param where its place in the source
 * @param what the sender, or the entry
 * @param reason why it is not imported, and what to do
 */
record RejectedCandidate(String where, String what, String reason) {

  private static final int MAX_SHOWN = 100;

  /** Returns one line for people, without control characters. */
  String line() {
    return TerminalText.of(where)
        + ": "
        + TerminalText.of(what, MAX_SHOWN)
        + " is not imported: "
        + TerminalText.of(reason);
  }
}
