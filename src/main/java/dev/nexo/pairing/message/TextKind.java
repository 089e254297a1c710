package dev.nexo.pairing.message;

import static dev.nexo.pairing.message.TextPlaceholder.ACCOUNT;
import static dev.nexo.pairing.message.TextPlaceholder.CHANNEL;
import static dev.nexo.pairing.message.TextPlaceholder.CODE;
import static dev.nexo.pairing.message.TextPlaceholder.MINUTES;
import static dev.nexo.pairing.message.TextPlaceholder.NAME;
import static dev.nexo.pairing.message.TextPlaceholder.NUMBER;
import static dev.nexo.pairing.message.TextPlaceholder.SENDER;
import static dev.nexo.pairing.message.TextPlaceholder.TEXT;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a text says, and which placeholders it may contain. */
public enum TextKind {
  /** Gives an unknown sender the code. */
  CHALLENGE(List.of(CODE), List.of(CHANNEL, ACCOUNT, NAME, NUMBER, MINUTES)),
  /** Contains nothing but the code, so that it can be copied. Sent after the challenge. */
  CODE_ONLY(List.of(CODE), List.of()),
  /** Tells a sender about the approval. */
  APPROVED(List.of(), List.of(CHANNEL, ACCOUNT, NAME, NUMBER)),
  /** Tells a sender about the approval if the messages that came before it are delivered. */
  APPROVED_HELD(List.of(), List.of(CHANNEL, ACCOUNT, NAME, NUMBER)),
  /** Tells a sender about the denial. */
  DENIED(List.of(), List.of(CHANNEL, ACCOUNT, NAME, NUMBER, MINUTES)),
  /** Tells a sender that the code has expired. */
  EXPIRED(List.of(), List.of(CHANNEL, ACCOUNT, NAME, NUMBER, MINUTES)),
  /** Tells an owner about a request. */
  OWNER(List.of(NUMBER), List.of(SENDER, NAME, CHANNEL, ACCOUNT, TEXT)),
  /** Tells an owner about one of several requests. */
  OWNER_LISTED(List.of(NUMBER), List.of(SENDER, NAME, CHANNEL, ACCOUNT, TEXT)),
  /** The first line about several requests, with their number. */
  OWNER_LIST(List.of(NUMBER), List.of()),
  /** How many more requests there are. */
  OWNER_MORE(List.of(NUMBER), List.of()),
  /** How to answer a message about several requests. */
  OWNER_ORDERS(List.of(NUMBER), List.of()),
  /** The label of a button. */
  OWNER_APPROVE(List.of(), List.of()),
  /** The label of a button. */
  OWNER_DENY(List.of(), List.of()),
  /** The label of a button. */
  OWNER_BLOCK(List.of(), List.of()),
  /** Answers an owner who approved. */
  OWNER_APPROVED(List.of(NUMBER), List.of(SENDER, CHANNEL, ACCOUNT)),
  /** Answers an owner who denied. */
  OWNER_DENIED(List.of(NUMBER), List.of(SENDER, CHANNEL, ACCOUNT)),
  /** Answers an owner who blocked. */
  OWNER_BLOCKED(List.of(NUMBER), List.of(SENDER, CHANNEL, ACCOUNT)),
  /** Answers an owner whose command named no open request. */
  OWNER_UNKNOWN(List.of(NUMBER), List.of()),
  /** Tries whether an owner is reached. */
  OWNER_TEST(List.of(), List.of());

  private final Set<TextPlaceholder> required;
  private final Set<TextPlaceholder> allowed;

  TextKind(List<TextPlaceholder> required, List<TextPlaceholder> optional) {
    this.required = new LinkedHashSet<>(required);
    this.allowed = new LinkedHashSet<>(required);
    this.allowed.addAll(optional);
  }

  /** Returns the kind with this name; empty if there is none. */
  public static Optional<TextKind> find(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName().equals(wireName)).findFirst();
  }

  /** Returns the name in the configuration, for example {@code challenge}. */
  public String wireName() {
    return this == CODE_ONLY ? "code" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the kind whose setting replaces this text; empty if only the standard text is used. One
   * setting may replace two texts.
   */
  public Optional<TextKind> setting() {
    return switch (this) {
      case CHALLENGE, CODE_ONLY, APPROVED, DENIED, EXPIRED, OWNER -> Optional.of(this);
      case APPROVED_HELD -> Optional.of(APPROVED);
      case OWNER_LISTED -> Optional.of(OWNER);
      default -> Optional.empty();
    };
  }

  /** Returns the placeholders that a text of this kind must contain. */
  Set<TextPlaceholder> required() {
    return required;
  }

  /** Returns the placeholders that a text of this kind may contain. */
  Set<TextPlaceholder> allowed() {
    return allowed;
  }
}
