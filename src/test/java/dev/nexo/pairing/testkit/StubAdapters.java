package dev.nexo.pairing.testkit;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.spi.SenderVerdict;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The adapters of a test. Every channel has one that
 *
 * <ul>
 *   <li>trims ids and turns them into lower case,
 *   <li>rejects an id that begins with {@code bad},
 *   <li>treats an id that begins with {@code group} as a group, and
 *   <li>is unavailable for an id that begins with {@code away}.
 * </ul>
 *
 * <p>A test can replace the adapter of a channel with the application's own one. Sends nothing.
 * Thread-safe if the given adapters are.
 */
public final class StubAdapters implements PairingAdapterRegistry {

  /** The channel that {@link #channels} contains in addition to those of given adapters. */
  public static final String CHANNEL = "chat";

  private final Map<String, PairingChannelAdapter> given = new TreeMap<>();

  /**
   * Creates the adapters.
   *
   * @param own the application's own adapters, at most one per channel
   * @throws IllegalArgumentException if two adapters have the same channel
   */
  public StubAdapters(PairingChannelAdapter... own) {
    for (PairingChannelAdapter adapter : own) {
      if (given.put(adapter.channelId(), adapter) != null) {
        throw new IllegalArgumentException("Two adapters for " + adapter.channelId());
      }
    }
  }

  /** Returns the stub of a channel for which the application has no adapter. It sends nothing. */
  public static PairingChannelAdapter of(String channel) {
    return new Stub(channel);
  }

  private record Stub(String channelId) implements PairingChannelAdapter {

    @Override
    public Optional<String> normalizeSender(String raw) {
      if (raw.startsWith("away")) {
        throw new AdapterUnavailableException("away", null);
      }
      return raw.startsWith("bad")
          ? Optional.empty()
          : Optional.of(raw.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public SenderVerdict assess(String raw) {
      return raw.startsWith("group")
          ? SenderVerdict.group(raw.strip().toLowerCase(Locale.ROOT))
          : PairingChannelAdapter.super.assess(raw);
    }

    @Override
    public String formatChallengeText(PairingCode code) {
      return "Your code is " + code.value();
    }

    @Override
    public void sendReply(Reply reply) {}
  }

  private PairingChannelAdapter adapter(String channel) {
    return given.getOrDefault(channel, of(channel));
  }

  @Override
  public Set<String> channels() {
    Set<String> channels = new TreeSet<>(given.keySet());
    channels.add(CHANNEL);
    return channels;
  }

  @Override
  public Optional<String> normalizeSender(String channel, String raw) {
    return raw == null || raw.isBlank()
        ? Optional.empty()
        : adapter(channel).normalizeSender(raw.strip());
  }

  @Override
  public SenderVerdict assess(String channel, String raw) {
    return raw == null || raw.isBlank()
        ? PairingAdapterRegistry.super.assess(channel, raw)
        : adapter(channel).assess(raw.strip());
  }

  @Override
  public String challengeText(String channel, PairingCode code) {
    return adapter(channel).formatChallengeText(code);
  }

  @Override
  public void sendQrImage(String channel, String accountId, String to, byte[] png) {
    throw new UnsupportedOperationException("The channel " + channel + " takes no pictures");
  }
}
