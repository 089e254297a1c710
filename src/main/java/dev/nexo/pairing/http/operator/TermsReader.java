package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowTermsUpdate;
import dev.nexo.pairing.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** Reads on what terms a sender is to be admitted. */
final class TermsReader {

  private TermsReader() {}

  /** The fields {@code expires_at} and {@code note}; null only after noting what is wrong. */
  static AllowTerms of(JsonFields fields) {
    Instant expiresAt = fields.time("expires_at");
    String note = fields.text("note");
    return fields.violations().check(() -> new AllowTerms(expiresAt, note));
  }

  /** The same as a change: a field left out stays as it is, one that is null is cleared. */
  static AllowTermsUpdate change(JsonFields fields) {
    AllowTerms terms = of(fields);
    return terms == null
        ? null
        : new AllowTermsUpdate(
            fields.names("expires_at") ? Optional.ofNullable(terms.expiresAt()) : null,
            fields.names("note") ? Optional.ofNullable(terms.note()) : null);
  }
}
