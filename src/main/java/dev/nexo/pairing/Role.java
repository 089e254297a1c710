package dev.nexo.pairing;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an admitted sender is to the operator, for example so that a bot limits guests. */
public enum Role {
  /** The operator's own account on the channel. */
  OWNER,
  /** A known sender, the default. */
  MEMBER,
  /** A sender with fewer rights, or one who is admitted only because the policy is off. */
  GUEST;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Returns the name in the database, in JSON and in headers, for example {@code guest}. */
  public String wireName() {
    return wireName;
  }

  /** Returns the role with this wire name; empty if there is none. */
  public static Optional<Role> find(String wireName) {
    return Stream.of(values()).filter(role -> role.wireName.equals(wireName)).findFirst();
  }
}
