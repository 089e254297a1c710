package dev.nexo.pairing.channel;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.config.AdapterSettings;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the channel adapters at startup, and calls them for all other packages.
 *
 * <p><b>In:</b> a channel with a raw sender id to normalize, a code to format as a challenge, or a
 * QR image to send.
 *
 * <p><b>What happens:</b> Adapters are CDI beans of this and other modules, and the brokered
 * adapters declared by {@code pairing.adapters.<channel>.broker_prefix}. The registry trims a
 * sender id and checks its length before the adapter receives it, rejects what programs write for a
 * lost id ({@link SenderIdRules#isMissing}), and validates the adapter's result. A channel without
 * an adapter uses the trimmed id and plain text ({@link #plain}). If an adapter calls a negative
 * number a person, as received or in canonical form, it is a group, and so is an id that only a
 * chat has ({@link GroupIdRules#isChat}).
 *
 * <p><b>Out:</b> the canonical sender id, the challenge text, or a sent image.
 *
 * <p><b>What can go wrong:</b>
 *
 * <ul>
 *   <li>Two adapters declare the same channel, or one declares an invalid channel name: the start
 *       fails with a message that names them.
 *   <li>The adapter rejects the id, or returns an invalid one: the result is empty.
 *   <li>The adapter throws or does not answer while it normalizes an id: {@link
 *       AdapterUnavailableException}.
 *   <li>The adapter cannot format a challenge: the plain text is used.
 *   <li>The adapter cannot send an image: {@link DeliveryException}, or {@link
 *       UnsupportedOperationException} if it does not support images.
 * </ul>
 *
 * <p>Thread-safe.
 */
@Component
public final class AdapterRegistry implements PairingAdapterRegistry {

  private static final Logger LOG = System.getLogger(AdapterRegistry.class.getName());

  private static final SenderVerdict REJECTED =
      SenderVerdict.impossible(SenderVerdict.REJECTED_REASON);

  private static final SenderVerdict MISSING = SenderVerdict.impossible("missing_id");

  /**
   * An adapter and its origin.
   *
   * @param origin the bean's class name or the configuration key, used in error messages
   * @param adapter the adapter
   */
  record Found(String origin, PairingChannelAdapter adapter) {}

  private final Map<String, PairingChannelAdapter> adapters = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final ReplyPublisher outbound;

  @Inject
  AdapterRegistry(
      @Any Instance<PairingChannelAdapter> beans,
      AdapterSettings settings,
      Broker broker,
      IdSource ids,
      ReplyPublisher outbound) {
    this(found(beans, settings, broker, ids), outbound);
  }

  AdapterRegistry(List<Found> found, ReplyPublisher outbound) {
    this.outbound = outbound;
    Map<String, String> origins = new HashMap<>();
    for (Found each : found) {
      String channel = each.adapter().channelId();
      String other = origins.putIfAbsent(channel, each.origin());
      if (other != null) {
        problems.add(
            "The channel %s has two adapters, %s and %s: remove one of them"
                .formatted(channel, other, each.origin()));
      } else if (!ChannelAccount.isChannel(channel)) {
        problems.add(
            "%s says its channel is '%s': expected 1 to 32 characters of a-z, 0-9, _ and -"
                .formatted(each.origin(), channel));
      } else {
        adapters.put(channel, each.adapter());
      }
    }
  }

  private static List<Found> found(
      Instance<PairingChannelAdapter> beans,
      AdapterSettings settings,
      Broker broker,
      IdSource ids) {
    List<Found> found = new ArrayList<>();
    for (Instance.Handle<PairingChannelAdapter> handle : beans.handles()) {
      found.add(new Found(handle.getBean().getBeanClass().getName(), handle.get()));
    }
    settings
        .brokerPrefixes()
        .forEach(
            (channel, prefix) ->
                found.add(
                    new Found(
                        "pairing.adapters." + channel + ".broker_prefix",
                        new BrokeredAdapter(channel, new AdapterRpc(broker, ids, prefix)))));
    return found;
  }

  /**
   * Fails the start if two adapters declare the same channel, or one an invalid channel name.
   *
   * @throws IllegalStateException naming the channels and the adapters
   */
  void check(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (!problems.isEmpty()) {
      String all = String.join("; ", problems);
      LogMessage.ADAPTERS_INVALID.log(LOG, all);
      throw new IllegalStateException(all);
    }
    LogMessage.ADAPTERS.log(LOG, channels());
  }

  @Override
  public Set<String> channels() {
    return new TreeSet<>(adapters.keySet());
  }

  /** The adapter of a channel; empty if the channel has none. */
  public Optional<PairingChannelAdapter> adapter(String channel) {
    return Optional.ofNullable(adapters.get(channel));
  }

  /** A default adapter for a channel that has none. It leaves ids and texts unchanged. */
  public PairingChannelAdapter plain(String channel) {
    return new PairingChannelAdapter() {
      @Override
      public String channelId() {
        return channel;
      }

      @Override
      public Optional<String> normalizeSender(String raw) {
        return Optional.of(raw);
      }

      @Override
      public void sendReply(Reply reply) {
        outbound.publish(channel, reply, Optional.empty());
      }
    };
  }

  @Override
  public Optional<String> normalizeSender(String channel, String raw) {
    return assess(channel, raw).accepted();
  }

  @Override
  public SenderVerdict assess(String channel, String raw) {
    String trimmed = SenderIdRules.trim(raw);
    // Checked first, so that an adapter never runs a regular expression over a huge string.
    if (!SenderKey.isSender(trimmed)) {
      return REJECTED;
    }
    if (SenderIdRules.isMissing(trimmed)) {
      return MISSING;
    }
    if (trimmed.startsWith(SenderKey.GROUP_PREFIX)) {
      return group(channel, trimmed);
    }
    PairingChannelAdapter adapter = adapters.get(channel);
    if (adapter == null) {
      return SenderKey.isGroup(trimmed)
          ? SenderVerdict.group(trimmed)
          : person(channel, SenderVerdict.person(trimmed), trimmed);
    }
    SenderVerdict verdict = ask(adapter, channel, trimmed);
    String canonical = verdict.canonical();
    if (canonical != null && canonical.startsWith(SenderKey.GROUP_PREFIX)) {
      return REJECTED;
    }
    // The adapter of a plugin knows no groups: it may also make the group's number of another form.
    if (verdict.kind() == SenderVerdict.Kind.PERSON
        && (SenderKey.isGroup(trimmed) || SenderKey.isGroup(canonical))) {
      verdict = SenderVerdict.group(canonical);
    }
    return canonical == null || canonical.equals(trimmed) || SenderKey.isSender(canonical)
        ? person(channel, verdict, trimmed)
        : REJECTED;
  }

  /**
   * Returns a verdict, or that of the group if the id that is called a person's is one of a chat: a
   * code would be sent into it.
   */
  private static SenderVerdict person(String channel, SenderVerdict verdict, String trimmed) {
    if (verdict.kind() != SenderVerdict.Kind.PERSON || !GroupIdRules.isChat(trimmed)) {
      return verdict;
    }
    String id = SenderKey.GROUP_PREFIX.concat(GroupIdRules.canonical(channel, trimmed));
    return SenderKey.isSender(id) ? SenderVerdict.group(id) : REJECTED;
  }

  /**
   * Assesses an id with {@code group:} in front. A group whose own id shows that it is one is
   * stored without it, as the messages in it are.
   */
  private SenderVerdict group(String channel, String trimmed) {
    String id = GroupIdRules.canonical(channel, trimmed.substring(SenderKey.GROUP_PREFIX.length()));
    if (id.isEmpty()) {
      return MISSING;
    }
    SenderVerdict own = assess(channel, id);
    return own.kind() == SenderVerdict.Kind.GROUP && own.canonical() != null
        ? own
        : SenderVerdict.group(SenderKey.GROUP_PREFIX.concat(id));
  }

  private static SenderVerdict ask(PairingChannelAdapter adapter, String channel, String trimmed) {
    SenderVerdict verdict;
    try {
      verdict = adapter.assess(trimmed);
    } catch (AdapterUnavailableException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AdapterUnavailableException("The adapter of " + channel + " failed", e);
    }
    if (verdict == null) {
      throw new AdapterUnavailableException("The adapter of " + channel + " answers null", null);
    }
    return verdict;
  }

  @Override
  public List<String> warnings(String channel, String raw) {
    String trimmed = SenderIdRules.trim(raw);
    if (!SenderKey.isSender(trimmed)) {
      return List.of();
    }
    PairingChannelAdapter adapter = adapters.get(channel);
    return adapter == null ? SenderIdRules.warnings(trimmed) : adapter.warnings(trimmed);
  }

  @Override
  public List<String> nearTwins(String channel, String canonical) {
    PairingChannelAdapter adapter = adapters.get(channel);
    return adapter == null ? List.of() : adapter.nearTwins(canonical);
  }

  @Override
  public void sendQrImage(String channel, String accountId, String to, byte[] png) {
    PairingChannelAdapter adapter = adapters.get(channel);
    if (adapter == null) {
      throw new UnsupportedOperationException("The channel " + channel + " has no adapter");
    }
    try {
      adapter.sendQrImage(accountId, to, png);
    } catch (UnsupportedOperationException | DeliveryException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DeliveryException("The adapter of " + channel + " failed", e);
    }
  }

  @Override
  public String challengeText(String channel, PairingCode code) {
    PairingChannelAdapter adapter = adapters.get(channel);
    if (adapter != null) {
      try {
        String text = adapter.formatChallengeText(code);
        if (text != null && !text.isBlank()) {
          return text;
        }
      } catch (RuntimeException e) {
        // Its message may repeat the code.
        LogMessage.CHALLENGE_NOT_FORMATTED.log(LOG, channel, e.getClass().getName());
      }
    }
    return plain(channel).formatChallengeText(code);
  }
}
