package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.OwnerChatSettings;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.store.GateStore;
import dev.nexo.pairing.store.SenderState;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Finds the owners who are notified and who may decide in their chats. Thread-safe. */
@Component
class Owners {

  /** The newest message on an account shows whether its plugin names the account. */
  private static final String NAMED =
      "SELECT account_named FROM (SELECT account_named, created_at * 1000 AS at FROM"
          + " pairing_pending WHERE channel = ? AND account_id = ? UNION ALL"
          + " SELECT account_named, created_at AS at FROM pairing_outbox WHERE channel = ?"
          + " AND account_id = ? AND kind = 'challenge') AS contacts ORDER BY at DESC LIMIT 1";

  private final OwnerChatSettings settings;
  private final PairingStore store;
  private final GateStore rows;
  private final Database database;
  private final PairingAdapterRegistry adapters;
  private final Clock clock;

  @Inject
  Owners(
      OwnerChatSettings settings,
      PairingStore store,
      GateStore rows,
      Database database,
      PairingAdapterRegistry adapters,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.rows = rows;
    this.database = database;
    this.adapters = adapters;
    this.clock = clock;
  }

  /** Returns whether owners are notified and decide in their chats. */
  boolean enabled() {
    return settings.enabled();
  }

  /** Returns the active owners with a chat of their own, of all accounts. */
  List<SenderKey> all() {
    return settings.enabled()
        ? store.owners().stream().map(AllowedSender::sender).filter(this::hasChat).toList()
        : List.of();
  }

  /** Returns the active owners without a chat of their own, such as groups. */
  List<SenderKey> withoutChat() {
    return store.owners().stream().map(AllowedSender::sender).filter(row -> !hasChat(row)).toList();
  }

  private boolean hasChat(SenderKey row) {
    try {
      return person(row.channel(), row.senderId())
          .filter(canonical -> canonical.equals(row.senderId()))
          .isPresent();
    } catch (AdapterUnavailableException e) {
      // The row was checked when it was made.
      return !isChangeable(row.channel(), row.senderId());
    }
  }

  /**
   * Returns the owner who has this id now according to the database, not to a cache.
   *
   * @param senderId the id in any form that the channel uses
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  Optional<SenderKey> find(ChannelAccount account, String senderId) {
    try {
      return person(account.channel(), senderId)
          .map(id -> new SenderKey(account.channel(), account.accountId(), id))
          .filter(this::isOwner);
    } catch (AdapterUnavailableException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the canonical id of one person; empty for a group and for an id that others can take.
   */
  Optional<String> person(String channel, String senderId) {
    SenderVerdict verdict = adapters.assess(channel, senderId);
    return verdict.kind() == SenderVerdict.Kind.PERSON
            && !verdict.canonical().startsWith(SenderKey.GROUP_PREFIX)
            && !isChangeable(channel, verdict.canonical())
        ? Optional.of(verdict.canonical())
        : Optional.empty();
  }

  /** A name on Telegram can get another owner, and Telegram sends it no messages. */
  private static boolean isChangeable(String channel, String senderId) {
    return channel.equals("telegram") && senderId.startsWith("@");
  }

  /**
   * Returns whether a sender is an active owner according to the database.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  boolean isOwner(SenderKey sender) {
    SenderState state = rows.lookUp(sender);
    return state.refusal() == null
        && state.isAllowedAt(clock.instant())
        && state.allowed().role() == Role.OWNER;
  }

  /** Returns whether messages to an account's senders are sent under the account's name. */
  boolean isNamed(SenderKey owner) {
    ChannelAccount account = new ChannelAccount(owner.channel(), owner.accountId());
    return !account.accountId().equals(ChannelAccount.DEFAULT_ACCOUNT)
        || database
            .query(
                statements ->
                    statements.first(
                        NAMED,
                        row -> row.getInt(1) != 0,
                        account.channel(),
                        account.accountId(),
                        account.channel(),
                        account.accountId()))
            .orElse(true);
  }
}
