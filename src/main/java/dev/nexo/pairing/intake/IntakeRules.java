package dev.nexo.pairing.intake;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.channel.GroupIdRules;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * What the policy of an account says about a message: whether strangers are challenged, and which
 * group's approval it needs. Thread-safe.
 */
@Component
final class IntakeRules {

  private static final String TELEGRAM = "telegram";

  private final Policies policies;
  private final PairingAdapterRegistry registry;
  private final PairingStore store;

  @Inject
  IntakeRules(Policies policies, PairingAdapterRegistry registry, PairingStore store) {
    this.policies = policies;
    this.registry = registry;
    this.store = store;
  }

  /** Lets the current thread decide with the settings as they are now: {@link Policies#pin}. */
  Policies.Pin pin() {
    return policies.pin();
  }

  AdmissionPolicy policy(InboundMessage message, ChannelAccount account) {
    boolean challenge =
        message.autoChallenge() == null ? policies.autoChallenge(account) : message.autoChallenge();
    return challenge ? AdmissionPolicy.CHALLENGE : AdmissionPolicy.ADMIT_EVERYONE;
  }

  /**
   * Returns how many messages of a pending sender are held; 0 for a group, in which the approval
   * may be limited to some of its members.
   */
  int holdMessages(ChannelAccount account, SenderVerdict verdict) {
    return verdict.kind() == SenderVerdict.Kind.GROUP ? 0 : policies.of(account).holdMessages();
  }

  /**
   * Returns the group whose approval decides about a message in a group; empty if messages in
   * groups are dropped on the account, or if the message does not say which group it is. If the
   * message reports that the group has a new id, its approval has moved when this returns.
   *
   * @throws AdapterUnavailableException if the channel's adapter does not answer
   */
  Optional<SenderKey> group(ChannelAccount account, MessageSigns signs) {
    if (!policies.of(account).pairGroups()) {
      return Optional.empty();
    }
    if (signs.move() != null && account.channel().equals(TELEGRAM)) {
      Optional<SenderKey> from = key(account, signs.move().from());
      Optional<SenderKey> to = key(account, signs.move().to());
      if (from.isPresent() && to.isPresent()) {
        store.moveGroup(from.get(), to.get());
      }
    }
    return key(account, signs.group());
  }

  /** The group under which its approval is stored: never an id that a person can have. */
  private Optional<SenderKey> key(ChannelAccount account, String raw) {
    String id = raw == null ? "" : GroupIdRules.canonical(account.channel(), raw);
    if (!SenderKey.isSender(id)) {
      return Optional.empty();
    }
    SenderVerdict verdict = registry.assess(account.channel(), id);
    boolean known = verdict.kind() == SenderVerdict.Kind.GROUP && verdict.canonical() != null;
    String group = known ? verdict.canonical() : SenderKey.GROUP_PREFIX + id;
    return SenderKey.isSender(group) ? Optional.of(SenderKey.of(account, group)) : Optional.empty();
  }
}
