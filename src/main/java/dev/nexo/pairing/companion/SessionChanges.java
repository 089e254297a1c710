package dev.nexo.pairing.companion;

import java.util.Set;

/**
 * The sessions that changed after a position in the history of changes.
 *
 * @param position the position up to which the changes are included, for the next question
 * @param all whether any session may have changed: there are too many changes to list, the history
 *     is another one than before, or there was no position
 * @param sessionIds the sessions that ended, got another token or got another expiry; empty if
 *     {@code all}
 */
public record SessionChanges(long position, boolean all, Set<String> sessionIds) {

  /** The position of a caller that knows nothing yet. */
  public static final long NO_POSITION = -1;
}
