package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.KnownAccounts;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.json.Violations;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parses the senders that operators name, for every operator call ({@code
 * http-api.md#identifiers}).
 *
 * <p><b>In:</b> a channel, an account, and a sender as the operator wrote it: an id in any form
 * that the channel uses, or {@code channel:account:id}, the form that the command line prints.
 *
 * <p><b>Out:</b> the canonical sender. An id that the channel's adapter rejects, and a form that
 * names another account, is an invalid value; it is never stored.
 *
 * <p>Thread-safe.
 */
@Component
public final class SenderParser {

  private static final String FIELD = "sender_id";

  private final PairingAdapterRegistry adapters;
  private final KnownAccounts known;

  @Inject
  public SenderParser(PairingAdapterRegistry adapters, KnownAccounts known) {
    this.adapters = adapters;
    this.known = known;
  }

  /**
   * A sender that an operator named.
   *
   * @param account the account, which the sender's own form may name
   * @param named whether the sender's own form names the account
   * @param given the id as given, trimmed, under which Nexo may have stored it
   * @param id the id without channel and account in front
   * @param verdict what the channel's adapter says about the id
   */
  record Parsed(
      ChannelAccount account, boolean named, String given, String id, SenderVerdict verdict) {

    /**
     * Returns the canonical sender.
     *
     * @throws InvalidValueException if the adapter rejects the id
     */
    SenderKey sender() {
      if (verdict.canonical() == null) {
        throw new InvalidValueException(
            FIELD,
            "is not a valid sender ID on the channel "
                + account.channel()
                + " ("
                + verdict.reason()
                + ")");
      }
      return new SenderKey(account.channel(), account.accountId(), verdict.canonical());
    }

    /**
     * Returns the sender under the id as given, without and with channel and account in front, if
     * that is not the canonical id. Nexo, which stores ids as they were typed, may have written
     * such rows.
     */
    List<SenderKey> asGiven() {
      return Stream.of(id.strip(), given)
          .distinct()
          .filter(raw -> !raw.equals(verdict.canonical()))
          .map(raw -> new SenderKey(account.channel(), account.accountId(), raw))
          .toList();
    }
  }

  /**
   * Parses a sender.
   *
   * @param account the account that the call names
   * @param raw the sender as the operator wrote it
   * @throws InvalidValueException if it is malformed, or names another channel or account
   * @throws AdapterUnavailableException if the channel's adapter does not respond
   */
  Parsed parse(ChannelAccount account, String raw) {
    return parse(account, raw, false);
  }

  /**
   * Parses a sender, who may be meant on all accounts of the channel.
   *
   * @param everywhere whether the call names no account, so that the sender's form may name any
   * @throws InvalidValueException if it is malformed, or names another channel or account
   * @throws AdapterUnavailableException if the channel's adapter does not respond
   */
  Parsed parse(ChannelAccount account, String raw, boolean everywhere) {
    String given = given(raw);
    return assess(form(account, given, everywhere), given);
  }

  /**
   * Parses a sender that is an id, whatever it looks like: a channel without an adapter may have a
   * sender who is called {@code channel:account:id}.
   *
   * @throws InvalidValueException if it is malformed
   * @throws AdapterUnavailableException if the channel's adapter does not respond
   */
  Parsed exact(ChannelAccount account, String raw) {
    String given = given(raw);
    return assess(new Form(account, false, given), given);
  }

  private static String given(String raw) {
    Violations violations = new Violations();
    String given = violations.sender(FIELD, raw);
    violations.refuseIfAny();
    return given;
  }

  private Parsed assess(Form form, String given) {
    SenderVerdict verdict = adapters.assess(form.account().channel(), form.id());
    return new Parsed(form.account(), form.named(), given, form.id(), verdict);
  }

  /**
   * Returns the id in a sender, without channel and account in front. Does not ask the adapter
   * whether it accepts the id.
   *
   * @throws InvalidValueException if the sender names another channel or account
   */
  String id(ChannelAccount account, String raw) {
    return form(account, raw.strip(), false).id();
  }

  private record Form(ChannelAccount account, boolean named, String id) {}

  private Form form(ChannelAccount account, String given, boolean everywhere) {
    Form plain = new Form(account, false, given);
    int first = given.indexOf(':');
    int second = given.indexOf(':', first + 1);
    if (first < 1 || second < 0 || second == given.length() - 1) {
      return idOnly(plain);
    }
    String channel = given.substring(0, first);
    String accountId = given.substring(first + 1, second);
    if (!ChannelAccount.isChannel(channel) || !ChannelAccount.isAccount(accountId)) {
      return idOnly(plain);
    }
    ChannelAccount named = new ChannelAccount(channel, accountId);
    if (named.equals(account) && !everywhere) {
      return new Form(account, true, given.substring(second + 1));
    }
    if (known.hasAccount(named)) {
      if (everywhere && channel.equals(account.channel())) {
        return new Form(named, true, given.substring(second + 1));
      }
      throw new InvalidValueException(
          FIELD,
          "names the account %s:%s, but the request names %s:%s. If this is the sender's ID, write %s"
              .formatted(
                  channel,
                  accountId,
                  account.channel(),
                  account.accountId(),
                  form(account, everywhere, given)));
    }
    return channel.equals(account.channel())
        ? unknownAccount(named, plain, first, everywhere)
        : idOnly(plain);
  }

  /** Returns the form of an id that is understood whatever the id looks like. */
  private static String form(ChannelAccount account, boolean everywhere, String id) {
    return account.channel() + ":" + (everywhere ? "<account>" : account.accountId()) + ":" + id;
  }

  /**
   * Returns the id of a sender without channel and account in front, unless one of them alone is in
   * front of it and the adapter accepts that as a part of the id: {@code slack:U1} and {@code
   * default:U1} on a channel without an adapter would be senders who do not exist.
   */
  private Form idOnly(Form plain) {
    ChannelAccount account = plain.account();
    String id = plain.id();
    String front = front(id);
    if (front.isEmpty()) {
      return plain;
    }
    try {
      String canonical = adapters.assess(account.channel(), id).canonical();
      if (canonical == null || !front(canonical).equalsIgnoreCase(front)) {
        return plain;
      }
    } catch (AdapterUnavailableException e) {
      return plain;
    }
    boolean channel = front.equalsIgnoreCase(account.channel());
    if (!channel && !isKnownAccount(account, front)) {
      return plain;
    }
    throw new InvalidValueException(
        FIELD,
        "begins with the %s. Leave %s out. If the sender's ID begins like this, write %s"
            .formatted(
                channel ? "channel" : "account",
                id.substring(0, id.indexOf(':') + 1),
                form(account, false, id)));
  }

  /** Returns what is in front of the first colon, or an empty string. */
  private static String front(String id) {
    int colon = id.indexOf(':');
    return colon < 0 ? "" : id.substring(0, colon).strip();
  }

  private boolean isKnownAccount(ChannelAccount account, String name) {
    return name.equalsIgnoreCase(account.accountId())
        || (ChannelAccount.isAccount(name)
            && known.hasAccount(new ChannelAccount(account.channel(), name)));
  }

  /** The part behind the channel may be an id that contains a colon, such as a JID's device. */
  private Form unknownAccount(ChannelAccount named, Form plain, int colon, boolean everywhere) {
    String rest = plain.id().substring(colon + 1);
    if (adapters.channels().contains(named.channel())) {
      try {
        if (adapters.normalizeSender(named.channel(), rest).isPresent()) {
          return new Form(plain.account(), false, rest);
        }
      } catch (AdapterUnavailableException e) {
        // The account is unknown, which is what the operator has to correct.
      }
    }
    throw new InvalidValueException(
        FIELD,
        ("names the account %s:%s, which neither the configuration nor the tables know."
                + " If the sender's ID is %s, write %s")
            .formatted(
                named.channel(), named.accountId(), rest, form(plain.account(), everywhere, rest)));
  }

  /** Returns why the channel's adapter rejects an id; null if it accepts it, or cannot decide. */
  String rejection(String channel, String id) {
    try {
      SenderVerdict verdict = adapters.assess(channel, id);
      return verdict.canonical() == null ? verdict.reason() : null;
    } catch (AdapterUnavailableException e) {
      return null;
    }
  }

  /** Returns a warning if neither the configuration nor the tables know the account. */
  JsonArray warnings(ChannelAccount account) {
    JsonArrayBuilder warnings = StrictJson.array();
    if (!known.hasChannel(account.channel())) {
      warnings.add(
          warning(
              "unknown_channel",
              "The channel " + account.channel() + " is not known",
              known.similar(account).map(ChannelAccount::channel)));
    } else if (!known.hasAccount(account)) {
      warnings.add(
          warning(
              "unknown_account",
              "The account "
                  + account.accountId()
                  + " is not known on the channel "
                  + account.channel(),
              known.similar(account).map(ChannelAccount::accountId)));
    }
    return warnings.build();
  }

  /** Adds the warnings about an id, and returns their number. */
  int addWarnings(JsonArrayBuilder warnings, ChannelAccount account, String id) {
    List<String> texts = adapters.warnings(account.channel(), id);
    texts.forEach(
        text ->
            warnings.add(
                StrictJson.object()
                    .add("reason", "sender_id")
                    .add("sender_id", id)
                    .add("text", text)));
    return texts.size();
  }

  /** Returns the other ids that may be the same person's and are admitted on the account. */
  List<String> admittedTwins(PairingGate gate, ChannelAccount account, String canonical) {
    List<String> twins = adapters.nearTwins(account.channel(), canonical);
    return twins.isEmpty() ? twins : gate.dryRun(account, twins).admit();
  }

  private static JsonObjectBuilder warning(String reason, String fact, Optional<String> meant) {
    String hint = meant.map(name -> " Did you mean " + name + "?").orElse("");
    return StrictJson.object()
        .add("reason", reason)
        .add("text", fact + ": neither the configuration nor the tables name it." + hint);
  }
}
