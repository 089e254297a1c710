package dev.nexo.pairing.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Beyond the vectors: what people paste and what hostile peers send. */
@DisplayName("WhatsApp ids")
class WhatsAppIdsTest {

  static Stream<Arguments> accepted() {
    return Stream.of(
        arguments("12345", "+12345", "the shortest number"),
        arguments("+12345", "+12345", "the shortest number, canonical"),
        arguments("00123456789012345", "+123456789012345", "the longest number behind 00"),
        arguments("+123456789012345@c.us", "+123456789012345", "the longest number with +"),
        arguments("57300111@S.WhatsApp.Net", "+57300111", "a domain in mixed case"),
        arguments("+57300111:3@s.whatsapp.net", "+57300111", "+ and a device"),
        arguments("57300111:3@LID", "57300111@lid", "a LID in upper case with a device"),
        arguments("1@lid", "1@lid", "a LID need not be as long as a number"),
        arguments("+ 57 300 111", "+57300111", "a blank behind the +"),
        arguments("00 57-300.111", "+57300111", "00 and every separator"),
        arguments("(00)57300111", "+57300111", "00 in parentheses"),
        arguments("+57 (300) 111", "+57300111", "parentheses inside"),
        arguments("+57\u00a0300\u202f111", "+57300111", "no-break spaces of a phone book"),
        arguments("+57\u2011300\u2013111", "+57300111", "dashes as word processors write them"),
        arguments("012345", "+012345", "one 0 in front is part of the number"),
        arguments("00573001112222@c.us", "+00573001112222", "a JID has no 00 to fold away"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("accepted")
  @DisplayName("Phone numbers and JIDs are brought into canonical form")
  void canonicalForm(String raw, String canonical, String why) {
    assertThat(WhatsAppIds.canonical(raw)).as(why).contains(canonical);
    assertThat(WhatsAppIds.canonical(canonical)).as("again").contains(canonical);
  }

  static Stream<Arguments> rejected() {
    return Stream.of(
        arguments("", "nothing"),
        arguments("+", "a + alone"),
        arguments("@", "an @ alone"),
        arguments("@lid", "a LID without digits"),
        arguments("1234@c.us", "too short in a JID"),
        arguments("1234567890123456@c.us", "too long in a JID"),
        arguments("001234", "too short behind 00"),
        arguments("++57300111", "+ twice"),
        arguments("57+300111", "+ inside"),
        arguments("57300111+", "+ at the end"),
        arguments("+57300111@lid", "a LID is no phone number"),
        arguments("(57300)111)", "a parenthesis that was never opened"),
        arguments("(57300111", "a parenthesis that is never closed"),
        arguments("((57300))111", "parentheses in parentheses"),
        arguments(")57300111(", "parentheses the wrong way round"),
        arguments("-57300111", "a dash in front: a Telegram group"),
        arguments("57300111-", "a dash at the end"),
        arguments(".57300111", "a dot in front"),
        arguments("57300111:3", "a device without a domain"),
        arguments("57300111:@c.us", "a device that is empty"),
        arguments("57300111:a@c.us", "a device of letters"),
        arguments("57300111:123456@c.us", "a device far too long"),
        arguments("57300111:1:2@c.us", "two devices"),
        arguments(":3@c.us", "a device without digits before it"),
        arguments("57300111.0:3@s.whatsapp.net", "an agent, which the contract does not know"),
        arguments("57 300111@c.us", "a blank in a JID"),
        arguments("57300111 @c.us", "a blank before the @"),
        arguments("57300111@c.us@c.us", "two domains"),
        arguments("57300111@evil@c.us", "a domain in disguise"),
        arguments("57300111@c.us.evil.example", "a longer domain"),
        arguments("57300111@c.u", "a shorter domain"),
        arguments("57300111@", "an empty domain"),
        arguments("57300111@c.u\u017f", "a long s, which Java's ignore-case takes for an s"),
        arguments("57300111@\uff43.us", "a full-width c"),
        arguments("57300111@broadcast", "a broadcast"),
        arguments("573001-1467@g.us", "an old group"),
        arguments("57300111@newsletter", "a newsletter"),
        arguments("\u0661\u0662\u0663\u0664\u0665\u0666", "Arabic digits"),
        arguments("+\uff15\uff17\uff13\uff10\uff10\uff11", "full-width digits"),
        arguments("5730\ud835\udfce0111", "a mathematical digit, outside the basic plane"),
        arguments("\u202a+57300111\u202c", "marks for the writing direction"),
        arguments("57300\u0000111", "a NUL"),
        arguments("57300\n111", "a line end inside"),
        arguments("57300\t111", "a tab inside"),
        arguments("573O0111", "a letter O"),
        arguments("1e100000", "a number of programmers"),
        arguments("5".repeat(1 << 20), "a megabyte of digits"),
        arguments("+" + " ".repeat(1 << 20) + "57300111x", "a megabyte of blanks"),
        arguments("5".repeat(1 << 20) + "@lid", "a megabyte of LID"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("rejected")
  @DisplayName("Anything else is rejected")
  void rejects(String raw, String why) {
    assertThat(WhatsAppIds.canonical(raw)).as(why).isEqualTo(Optional.empty());
  }

  @Test
  @DisplayName("A canonical id is returned without a copy")
  void canonicalIds() {
    String number = "+573001112222";
    String lid = "573001112222@lid";
    assertThat(WhatsAppIds.canonical(number).orElseThrow()).isSameAs(number);
    assertThat(WhatsAppIds.canonical(lid).orElseThrow()).isSameAs(lid);
  }
}
