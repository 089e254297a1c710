package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.http.JsonFields;
import java.time.Instant;

/** Reads on what terms a sender is to be admitted. */
final class Terms {

  private Terms() {}

  /** The fields {@code expires_at} and {@code note}; null only after noting what is wrong. */
  static AllowTerms of(JsonFields fields) {
    Instant expiresAt = fields.time("expires_at");
    String note = fields.text("note");
    return fields.violations().check(() -> new AllowTerms(expiresAt, note));
  }
}
