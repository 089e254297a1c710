package dev.nexo.pairing.e2e.pager;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.Reply;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A channel of the application's own. Senders are numbers; zeros in front do not count. */
@ApplicationScoped
public class PagerAdapter implements PairingChannelAdapter {

  private final List<Reply> sent = new CopyOnWriteArrayList<>();

  @Override
  public String channelId() {
    return "pager";
  }

  @Override
  public Optional<String> normalizeSender(String raw) {
    return raw.matches("[0-9]{1,10}") ? Optional.of(raw.replaceFirst("^0+", "")) : Optional.empty();
  }

  @Override
  public String formatChallengeText(PairingCode code) {
    return "CALL OPERATOR " + code.value();
  }

  @Override
  public void sendReply(Reply reply) {
    sent.add(reply);
  }

  /** What was handed over so far. */
  public List<Reply> sent() {
    return sent;
  }
}
