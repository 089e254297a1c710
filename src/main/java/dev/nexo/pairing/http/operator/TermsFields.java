package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.json.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the terms of an admission from a request, for every call that sets them. */
final class TermsFields {

  private static final String ROLE = "role";
  private static final String LABELS = "labels";
  private static final String IDLE = "idle_secs";
  private static final String MEMBERS = "members";

  private TermsFields() {}

  /** Reads all terms; null if one is invalid (a violation). */
  static AllowTerms read(JsonFields fields) {
    boolean membersOnly = membersOnly(fields);
    return read(fields, fields.time("expires_at"), fields.text("note"), membersOnly);
  }

  /** Reads the terms of a list: the expiry and the note are given. */
  static AllowTerms read(JsonFields fields, Instant expiresAt, String note) {
    return read(fields, expiresAt, note, membersOnly(fields));
  }

  private static AllowTerms read(
      JsonFields fields, Instant expiresAt, String note, boolean membersOnly) {
    Role role = role(fields);
    List<String> labels = fields.texts(LABELS, AllowTerms.MAX_LABELS);
    Duration idle = idle(fields);
    if (labels.contains(null)) {
      return null;
    }
    return fields
        .violations()
        .check(
            () ->
                new AllowTerms(
                    expiresAt, note, role == null ? Role.MEMBER : role, labels, idle, membersOnly));
  }

  /** Reads a change: a missing field is not changed, and a field that is null is cleared. */
  static AllowTerms.Update update(JsonFields fields) {
    AllowTerms terms = read(fields);
    if (terms == null) {
      return null;
    }
    return new AllowTerms.Update(
        given(fields, "expires_at", terms.expiresAt()),
        given(fields, "note", terms.note()),
        given(fields, ROLE, terms.role()),
        given(fields, LABELS, terms.labels()),
        given(fields, IDLE, terms.idle()),
        given(fields, MEMBERS, terms.membersOnly()));
  }

  private static <T> Optional<T> given(JsonFields fields, String name, T value) {
    return fields.names(name) ? Optional.ofNullable(value) : null;
  }

  private static Role role(JsonFields fields) {
    String name = fields.text(ROLE);
    Optional<Role> role = Role.find(name);
    if (name != null && role.isEmpty()) {
      fields.violations().add(ROLE, "must be owner, member or guest");
    }
    return role.orElse(null);
  }

  /** Reads whether only approved members of a group are admitted in it; false if not given. */
  private static boolean membersOnly(JsonFields fields) {
    String members = fields.text(MEMBERS);
    if (members != null && !members.equals("approved") && !members.equals("all")) {
      fields.violations().add(MEMBERS, "must be approved or all");
    }
    return "approved".equals(members);
  }

  private static Duration idle(JsonFields fields) {
    Long seconds =
        fields.wholeNumber(IDLE, AllowTerms.MIN_IDLE_SECONDS, AllowTerms.MAX_IDLE_SECONDS);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }
}
