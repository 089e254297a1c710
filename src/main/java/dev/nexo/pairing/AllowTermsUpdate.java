package dev.nexo.pairing;

import java.time.Instant;
import java.util.Optional;

/**
 * Which terms of an admission change. What is null stays as it is; what is an empty Optional is
 * cleared.
 *
 * @param expiresAt until when, cut to whole seconds
 * @param note the operator's own words, up to {@value AllowTerms#MAX_NOTE} characters
 */
public record AllowTermsUpdate(Optional<Instant> expiresAt, Optional<String> note) {

  /** The terms after this change. */
  public AllowTerms applyTo(AllowTerms before) {
    return new AllowTerms(
        expiresAt == null ? before.expiresAt() : expiresAt.orElse(null),
        note == null ? before.note() : note.orElse(null));
  }
}
