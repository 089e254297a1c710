package dev.nexo.pairing.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.spi.SenderVerdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
        arguments("+49 89.123.45", "+498912345", "two digits behind the final dot"),
        arguments("+33 1.23.45.67.00", "+33123456700", "dots of French numbers, the last pair 00"),
        arguments("+1 555 000 111 1", "+15550001111", "one digit behind the final blank"),
        arguments("\u202a+57300111\u202c", "+57300111", "marks for the writing direction"),
        arguments("\u200e 57300111@c.us \u200f", "+57300111", "marks and blanks around a JID"),
        arguments(
            "\u2066\u00a0+57 300 111\u00a0\u2069", "+57300111", "isolates and no-break spaces"),
        arguments("57300111.0:3@s.whatsapp.net", "+57300111", "whatsmeow's agent"),
        arguments("57300111_1:5@s.whatsapp.net", "+57300111", "Baileys' agent"),
        arguments("57300111.1:3@lid", "57300111@lid", "an agent of a LID"),
        arguments("57300111:99@hosted", "+57300111", "a hosted device"),
        arguments("57300111:99@HOSTED", "+57300111", "a hosted device in upper case"),
        arguments("57300111:99@hosted.lid", "57300111@lid", "a LID of a hosted device"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("accepted")
  @DisplayName("Phone numbers and JIDs are brought into canonical form")
  void canonicalForm(String raw, String canonical, String why) {
    assertThat(WhatsAppIds.assess(raw)).as(why).isEqualTo(SenderVerdict.person(canonical));
    assertThat(WhatsAppIds.assess(canonical))
        .as("again")
        .isEqualTo(SenderVerdict.person(canonical));
  }

  static Stream<Arguments> rejected() {
    return Stream.of(
        arguments("", "not_a_number", "nothing"),
        arguments("15550001111.0", "not_a_number", "a number from a spreadsheet"),
        arguments("+15550001111.5", "not_a_number", "one digit behind the final dot"),
        arguments("+1 555.000.111.1", "not_a_number", "one digit behind the last of three dots"),
        arguments("15550001111.00", "not_a_number", "a spreadsheet with two decimals"),
        arguments("15550001111,0", "not_a_number", "a decimal comma"),
        arguments("15,550,001,111", "not_a_number", "commas between thousands"),
        arguments(
            "1.5550001111E+10", "not_a_number", "a number from a spreadsheet, with an exponent"),
        arguments("+44 (0)20 7946 0000", "trunk_zero", "a zero that is dialled inside the country"),
        arguments("+44(0) 20 7946 0000", "trunk_zero", "the same without a blank"),
        arguments("+44 ( 0 ) 20 7946 0000", "trunk_zero", "blanks in the parentheses"),
        arguments("0044 (0)20 7946 0000", "trunk_zero", "behind the international prefix"),
        arguments("+49 (0170) 1234567", "trunk_zero", "the zero in front of an area code"),
        arguments("0049(0 170)1234567", "trunk_zero", "the same with a blank"),
        arguments("(0)20 7946 0000", "trunk_zero", "a national number in parentheses"),
        arguments("(020) 7946 0000", "trunk_zero", "a national area code in parentheses"),
        arguments("020 7946 0000", "trunk_zero", "a national number"),
        arguments("02079460000", "trunk_zero", "a national number in digits only"),
        arguments("012345", "trunk_zero", "the shortest national number"),
        arguments("011 44 20 7946 0000", "trunk_zero", "the prefix of the USA, which is not 00"),
        arguments("+020 7946 0000", "trunk_zero", "a zero behind the +"),
        arguments("+0044 20 7946 0000", "trunk_zero", "+ and 00"),
        arguments("000 20 7946 0000", "trunk_zero", "a zero behind the international prefix"),
        arguments("+1 555 000 111l", "not_a_number", "a letter l for the digit 1"),
        arguments("+1 555 OOO 1111", "not_a_number", "letters O for zeros"),
        arguments("+1 555 000 1111 ext 5", "not_a_number", "an extension"),
        arguments("+15550001111;ext=5", "not_a_number", "an extension as in RFC 3966"),
        arguments("+15550001111x5", "not_a_number", "an extension behind an x"),
        arguments("+15550001111#5", "not_a_number", "an extension behind a #"),
        arguments("tel:+15550001111", "not_a_number", "a tel URI"),
        arguments("https://wa.me/15550001111", "not_a_number", "a link"),
        arguments("+1-800-FLOWERS", "not_a_number", "a vanity number"),
        arguments(
            "+1 555 \u200e000 1111", "not_a_number", "a mark for the writing direction inside"),
        arguments("\ufeff+15550001111", "not_a_number", "a byte order mark"),
        arguments("+1234567890123456", "too_long", "sixteen digits"),
        arguments("+1234", "too_short", "four digits"),
        arguments("whatsapp:+15550001111", "not_a_number", "the channel in front"),
        arguments("whatsapp:default:+15550001111", "not_a_number", "channel and account in front"),
        arguments("57300111@bot", "unknown_domain", "a bot"),
        arguments("status@broadcast", "group", "status messages"),
        arguments("120363000000000000@g.us", "group", "a group"),
        arguments("+", "too_short", "a + alone"),
        arguments("@", "unknown_domain", "an @ alone"),
        arguments("@lid", "not_a_number", "a LID without digits"),
        arguments("1234@c.us", "too_short", "too short in a JID"),
        arguments("1234567890123456@c.us", "too_long", "too long in a JID"),
        arguments("001234", "too_short", "too short behind 00"),
        arguments("++57300111", "not_a_number", "+ twice"),
        arguments("57+300111", "not_a_number", "+ inside"),
        arguments("57300111+", "not_a_number", "+ at the end"),
        arguments("+57300111@lid", "not_a_number", "a LID is no phone number"),
        arguments("(57300)111)", "not_a_number", "a parenthesis that was never opened"),
        arguments("(57300111", "not_a_number", "a parenthesis that is never closed"),
        arguments("((57300))111", "not_a_number", "parentheses in parentheses"),
        arguments(")57300111(", "not_a_number", "parentheses the wrong way round"),
        arguments("-57300111", "not_a_number", "a dash in front: a Telegram group"),
        arguments("57300111-", "not_a_number", "a dash at the end"),
        arguments(".57300111", "not_a_number", "a dot in front"),
        arguments("57300111:3", "not_a_number", "a device without a domain"),
        arguments("57300111:@c.us", "not_a_number", "a device that is empty"),
        arguments("57300111:a@c.us", "not_a_number", "a device of letters"),
        arguments("57300111:123456@c.us", "not_a_number", "a device far too long"),
        arguments("57300111:1:2@c.us", "not_a_number", "two devices"),
        arguments(":3@c.us", "not_a_number", "a device without digits before it"),
        arguments("57300111.0@s.whatsapp.net", "not_a_number", "a decimal without a device"),
        arguments("57300111.a:3@s.whatsapp.net", "not_a_number", "an agent of letters"),
        arguments("57300111.1234:3@s.whatsapp.net", "not_a_number", "an agent far too long"),
        arguments("57300111.:3@s.whatsapp.net", "not_a_number", "an agent that is empty"),
        arguments("57300111.0.1:3@s.whatsapp.net", "not_a_number", "two agents"),
        arguments(".0:3@s.whatsapp.net", "not_a_number", "an agent without digits before it"),
        arguments("57 300111@c.us", "not_a_number", "a blank in a JID"),
        arguments("57300111 @c.us", "not_a_number", "a blank before the @"),
        arguments("57300111@c.us@c.us", "unknown_domain", "two domains"),
        arguments("57300111@evil@c.us", "unknown_domain", "a domain in disguise"),
        arguments("57300111@c.us.evil.example", "unknown_domain", "a longer domain"),
        arguments("57300111@c.u", "unknown_domain", "a shorter domain"),
        arguments("57300111@", "unknown_domain", "an empty domain"),
        arguments(
            "57300111@c.u\u017f",
            "unknown_domain",
            "a long s, which Java's ignore-case takes for an s"),
        arguments("57300111@\uff43.us", "unknown_domain", "a full-width c"),
        arguments("57300111@broadcast", "group", "a broadcast"),
        arguments("573001-1467@g.us", "group", "an old group"),
        arguments("57300111@newsletter", "group", "a newsletter"),
        arguments("\u0661\u0662\u0663\u0664\u0665\u0666", "not_a_number", "Arabic digits"),
        arguments("+\uff15\uff17\uff13\uff10\uff10\uff11", "not_a_number", "full-width digits"),
        arguments(
            "5730\ud835\udfce0111",
            "not_a_number",
            "a mathematical digit, outside the basic plane"),
        arguments("57300\u0000111", "not_a_number", "a NUL"),
        arguments("57300\n111", "not_a_number", "a line end inside"),
        arguments("57300\t111", "not_a_number", "a tab inside"),
        arguments("573O0111", "not_a_number", "a letter O"),
        arguments("1e100000", "not_a_number", "a number of programmers"),
        arguments("5".repeat(1 << 20), "too_long", "a megabyte of digits"),
        arguments("+" + " ".repeat(1 << 20) + "57300111x", "not_a_number", "a megabyte of blanks"),
        arguments("5".repeat(1 << 20) + "@lid", "not_a_number", "a megabyte of LID"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("rejected")
  @DisplayName("Anything else is rejected, with a reason")
  void rejects(String raw, String reason, String why) {
    SenderVerdict verdict = WhatsAppIds.assess(raw);
    assertThat(verdict.accepted()).as(why).isEmpty();
    assertThat(verdict.reason()).as(why).isEqualTo(reason);
  }

  @Test
  @DisplayName("A canonical id is returned without a copy")
  void canonicalIds() {
    String number = "+573001112222";
    String lid = "573001112222@lid";
    assertThat(WhatsAppIds.assess(number).canonical()).isSameAs(number);
    assertThat(WhatsAppIds.assess(lid).canonical()).isSameAs(lid);
  }

  @ParameterizedTest
  @CsvSource({
    "00573001112222@c.us, +00573001112222",
    "012345@s.whatsapp.net, +012345",
  })
  @DisplayName("What WhatsApp itself sends is taken as it is")
  void writtenByWhatsApp(String raw, String canonical) {
    assertThat(WhatsAppIds.assess(raw)).isEqualTo(SenderVerdict.person(canonical));
  }
}
