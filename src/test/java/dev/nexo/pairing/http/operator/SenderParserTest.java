package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.http.fake.FakeKnownAccounts;
import dev.nexo.pairing.http.operator.SenderParser.Parsed;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Sender parser")
class SenderParserTest {

  /**
   * WhatsApp accepts numbers and JIDs, Telegram removes its name; every other channel has no
   * adapter.
   */
  private static final class Numbers implements PairingAdapterRegistry {
    @Override
    public Set<String> channels() {
      return Set.of("whatsapp", "telegram");
    }

    @Override
    public Optional<String> normalizeSender(String channel, String raw) {
      if (channel.equals("telegram")) {
        return Optional.of(raw.replace("telegram:", ""));
      }
      return channel.equals("whatsapp") && !raw.matches("\\+?\\d+(:\\d+@c\\.us)?")
          ? Optional.empty()
          : Optional.of(raw.replaceAll(":\\d+@c\\.us", ""));
    }

    @Override
    public String challengeText(String channel, PairingCode code) {
      return "";
    }

    @Override
    public void sendQrImage(String channel, String accountId, String to, byte[] png) {}
  }

  private final SenderParser parser = new SenderParser(new Numbers(), new FakeKnownAccounts());

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "whatsapp, default, +1555, default|+1555, a plain id",
    "whatsapp, default, whatsapp:default:+1555, default|+1555, the form that approve prints",
    "whatsapp, default, ' whatsapp:default:+1555 ', default|+1555, with blanks around it",
    "whatsapp, nosuch, whatsapp:nosuch:+1555, nosuch|+1555, the account of the request",
    "signal, default, signal:default:+1555, default|+1555, a channel without an adapter",
    "nosuch, default, nosuchs:ana@x, default|nosuchs:ana@x, an id that begins like the channel",
    "telegram, default, telegram:123, default|123, the adapter removes the channel",
    "signal, default, signal:default:signal:+1555, default|signal:+1555, an id with the channel",
    "matrix, default, @ana:example.org, default|@ana:example.org, an id with a colon",
    "sip, default, sip:default:sip:ana:x@host, default|sip:ana:x@host, one prefix is removed",
    "irc, default, nosuch:room:ana, default|nosuch:room:ana, no channel of that name",
    "whatsapp, default, 1555:40@c.us, default|1555, the device of a JID",
    "slack, nosuch, slack:nosuch:nosuch:U1, nosuch|nosuch:U1, an id that begins like the account",
    "matrix, default, nosuch:U1, default|nosuch:U1, no account of that name",
  })
  @DisplayName("An id, or channel, account and id, are understood")
  void understood(String channel, String account, String raw, String expected, String why) {
    Parsed parsed = parser.parse(new ChannelAccount(channel, account), raw);
    assertThat(parsed.account().accountId() + "|" + parsed.sender().senderId())
        .as(why)
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "whatsapp, default, +1 555 000 111l, a letter in a number",
    "whatsapp, default, whatsapp:+1555, the channel in front",
    "whatsapp, default, whatsapp:work:+1555, another account",
    "whatsapp, default, whatsapp:nosuch:+1555, an account that does not exist",
    "whatsapp, default, telegram:default:1555, another channel",
    "signal, default, signal:work:+1555, another account without an adapter",
    "signal, default, signal:nosuch:+1555, an account that does not exist without an adapter",
    "signal, default, whatsapp:default:+1555, another channel without an adapter",
    "whatsapp, default, whatsapp:default:, no id",
    "slack, default, slack:U1, the channel in front without an adapter",
    "slack, default, SLACK: U1, in another case and with a space",
    "slack, default, Slack:default:U1, the printed form in another case",
    "sip, default, sip:ana@host, an ID that may be a URI or have the channel in front",
    "matrix, default, matrix:@ana:example.org, the channel in front of an ID with a colon",
    "slack, default, slack:U1:, nothing behind the second colon",
    "irc, default, irc:nosuch:freenode, an ID with a colon that looks like an account",
    "whatsapp, default, whatsapp:default:abc, an id that the adapter rejects",
    "slack, default, default:U1, the account in front without an adapter",
    "slack, nosuch, nosuch:U1, the account of the request, which is not known yet",
    "slack, default, Default: U1, in another case and with a space",
    "slack, default, work:U1, another account of the channel",
    "slack, default, default:nosuch:U1, the account in front of an id with a colon",
    "whatsapp, default, default:+1555, the account in front of a number",
  })
  @DisplayName("Anything else is an invalid value")
  void rejected(String channel, String account, String raw, String why) {
    ChannelAccount named = new ChannelAccount(channel, account);
    assertThatThrownBy(() -> parser.parse(named, raw).sender())
        .as(why)
        .isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "slack, slack:U1, false, Leave slack: out, slack:default:slack:U1",
    "slack, default:U1, false, with the account. Leave default: out, slack:default:default:U1",
    "slack, work:U1, false, with the account. Leave work: out, slack:default:work:U1",
    "slack, WORK: U1, true, with the account. Leave WORK: out, slack:default:WORK: U1",
    "irc, irc:nosuch:net, false, is nosuch:net, irc:default:nosuch:net",
    "irc, irc:nosuch:net, true, is nosuch:net, irc:<account>:nosuch:net",
    "signal, whatsapp:default:+1, false, names the account, signal:default:whatsapp:default:+1",
  })
  @DisplayName("The message has a form of the ID that every command understands")
  void remedy(String channel, String raw, boolean everywhere, String problem, String form) {
    assertThatThrownBy(() -> parser.parse(ChannelAccount.of(channel, null), raw, everywhere))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(problem)
        .hasMessageEndingWith("write " + form);
    String understood = form.replace("<account>", "default");
    assertThat(parser.parse(ChannelAccount.of(channel, null), understood, everywhere).named())
        .isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "signal:default:alice, the account of the request in front",
    "signal:nosuch:bob, an account that does not exist in front",
    "signal:work:bob, another account in front",
    "whatsapp:default:+1555, another channel in front",
    "signal:default:signal:default:alice, twice the account in front",
    "signal:bob, the channel in front",
  })
  @DisplayName("An exact id is never split, so only the sender who chose it is hit")
  void exact(String raw, String why) {
    Parsed parsed = parser.exact(new ChannelAccount("signal", "default"), " " + raw + " ");
    assertThat(parsed.sender().senderId()).as(why).isEqualTo(raw);
    assertThat(parsed.named()).as(why).isFalse();
    assertThat(parsed.asGiven()).as(why).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "whatsapp:work:+1555, work true +1555, a known account",
    "whatsapp:default:+1555, default true +1555, the default account",
    "1555:40@c.us, default false 1555, the device of a JID",
    "whatsapp:nosuch1555:40@c.us, none, neither an account nor an id",
    "+1555, default false +1555, all accounts",
  })
  @DisplayName("On all accounts, the sender's form may name the account")
  void everywhere(String raw, String expected, String why) {
    ChannelAccount any = ChannelAccount.of("whatsapp", null);
    if (expected.equals("none")) {
      assertThatThrownBy(() -> parser.parse(any, raw, true))
          .isInstanceOf(InvalidValueException.class);
      return;
    }
    Parsed parsed = parser.parse(any, raw, true);
    assertThat(
            parsed.account().accountId() + " " + parsed.named() + " " + parsed.sender().senderId())
        .as(why)
        .isEqualTo(expected);
  }

  @Test
  @DisplayName("A channel or account that nothing names is a warning")
  void warnings() {
    assertThat(parser.warnings(new ChannelAccount("whatsapp", "work"))).isEmpty();
    assertThat(parser.warnings(new ChannelAccount("whatsapp", "nosuch")).toString())
        .contains("unknown_account");
    assertThat(parser.warnings(new ChannelAccount("nosuch", "default")).toString())
        .contains("unknown_channel")
        .doesNotContain("Did you mean");
    assertThat(parser.warnings(new ChannelAccount("nosuchas", "default")).toString())
        .contains("name it. Did you mean whatsapp?");
    assertThat(parser.warnings(new ChannelAccount("whatsapp", "nosuchas")).toString())
        .contains("name it. Did you mean work?");
  }
}
