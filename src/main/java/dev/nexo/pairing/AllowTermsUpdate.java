package dev.nexo.pairing;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of an admission's terms. A null component keeps the current value; an empty Optional
 * clears it.
 *
 * @param expiresAt when the admission expires, truncated to whole seconds
 * @param note the operator's note, up to {@value AllowTerms#MAX_NOTE} characters
 */
public record AllowTermsUpdate(Optional<Instant> expiresAt, Optional<String> note) {

  /** Returns the terms after this change. */
  public AllowTerms applyTo(AllowTerms before) {
    return new AllowTerms(
        expiresAt == null ? before.expiresAt() : expiresAt.orElse(null),
        note == null ? before.note() : note.orElse(null));
  }
}
