package dev.nexo.pairing.e2e.discord;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application's own channel adapter, modeled on Discord. Sender ids have 17 to 20 digits, plain
 * or in the form of a mention.
 */
@ApplicationScoped
public class DiscordAdapter implements PairingChannelAdapter {

  private static final Pattern SENDER = Pattern.compile("<@!?([0-9]{17,20})>|([0-9]{17,20})");

  private final List<Reply> sent = new CopyOnWriteArrayList<>();

  @Override
  public String channelId() {
    return "discord";
  }

  @Override
  public Optional<String> normalizeSender(String raw) {
    Matcher matcher = SENDER.matcher(raw);
    return matcher.matches()
        ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
        : Optional.empty();
  }

  @Override
  public String formatChallengeText(PairingCode code) {
    return "**Pairing required.** Your code: `" + code.value() + "`";
  }

  @Override
  public void sendReply(Reply reply) {
    sent.add(reply);
  }

  /** The replies sent so far. */
  public List<Reply> sent() {
    return sent;
  }
}
