package dev.nexo.pairing.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Form in which a group's id is stored")
class GroupIdRulesTest {

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "whatsapp | 120363@G.US | 120363@g.us | a domain in capital letters",
        "whatsapp | 120363@g.us\u200f | 120363@g.us | a mark behind it",
        "whatsapp | 120363@g.us:12 | 120363@g.us | a device behind it",
        "whatsapp | 120363:12@g.us | 120363@g.us | a device in front of the domain",
        "whatsapp | 1555-1600@g.us/x | 1555-1600@g.us | an old group, with a resource",
        "whatsapp | whatsapp:120363@g.us | 120363@g.us | the channel in front",
        "telegram | telegram:-100123 | -100123 | the channel in front of a number",
        "telegram | TELEGRAM:-100123:topic:5 | -100123 | in capital letters, with a topic",
        "telegram | \u2212100123 | -100123 | another minus",
        "sms | telegram:-100123 | telegram:-100123 | another channel's name is part of the id",
        "teams | 19:x@thread.tacv2;messageid=5 | 19:x@thread.tacv2 | a conversation in a channel",
        "slack | \u200eC024BE91L | C024BE91L | Slack",
        "irc | #talk\u200e | #talk\u200e | people choose the names of channels",
        "irc | irc:#talk | irc:#talk | also with the channel in front",
        "sms | g 1 | g 1 | any other id",
        "sms | undefined | - | a lost id",
        "sms | 0 | - | nothing"
      })
  @DisplayName("Only what a channel itself makes of its ids is brought into one form")
  void canonical(String channel, String raw, String canonical, String why) {
    assertThat(GroupIdRules.canonical(channel, raw))
        .as(why)
        .isEqualTo(canonical == null ? "" : canonical);
    if (canonical != null) {
      assertThat(GroupIdRules.canonical(channel, canonical)).as("again").isEqualTo(canonical);
    }
  }
}
