package dev.nexo.pairing.channel;

import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import java.util.Optional;

/** What a channel gets that has no adapter: ids as they are, texts in the plain shape. */
final class PassThroughAdapter implements PairingChannelAdapter {

  private final String channel;
  private final ReplyPublisher outbound;

  PassThroughAdapter(String channel, ReplyPublisher outbound) {
    this.channel = channel;
    this.outbound = outbound;
  }

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
}
