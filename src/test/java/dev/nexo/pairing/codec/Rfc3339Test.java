package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.InvalidValueException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 3339 times")
class Rfc3339Test {

  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  static Stream<Arguments> times() {
    return Stream.of(
        arguments("2026-11-22T20:44:14Z", "2026-11-22T20:44:14Z", "whole seconds"),
        arguments("2026-11-22t20:44:14z", "2026-11-22T20:44:14Z", "lower case"),
        arguments("2026-11-22T20:44:14.5Z", "2026-11-22T20:44:14.5Z", "one digit"),
        arguments("2026-11-22T20:44:14.050Z", "2026-11-22T20:44:14.05Z", "milliseconds"),
        arguments("2026-11-22T20:44:14.000000001Z", "2026-11-22T20:44:14.000000001Z", "a nano"),
        arguments("2026-11-22T20:44:14+05:30", "2026-11-22T15:14:14Z", "an offset ahead"),
        arguments("2026-11-22T20:44:14.25-05:00", "2026-11-23T01:44:14.25Z", "an offset behind"),
        arguments("2026-11-22T20:44:14-00:00", "2026-11-22T20:44:14Z", "an unknown offset"),
        arguments("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "a leap day"),
        arguments("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "a leap second"),
        arguments("2016-12-31T15:59:60-08:00", "2017-01-01T00:00:00Z", "the same elsewhere"),
        arguments("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "the first second"),
        arguments("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "the last second"),
        arguments("9999-12-31T23:59:59-23:59", "+10000-01-01T23:58:59Z", "behind the last"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("times")
  @DisplayName("Valid times are read")
  void reads(String text, String expected, String what) throws Exception {
    assertThat(Rfc3339.read(text)).as(what).isEqualTo(Instant.parse(expected));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("", "nothing"),
        arguments("soon", "a word"),
        arguments("1795380254", "seconds since 1970"),
        arguments("2026-11-22", "a date alone"),
        arguments("2026-11-22T20:44:14", "no offset"),
        arguments("2026-11-22T20:44Z", "no seconds"),
        arguments("2026-11-22 20:44:14Z", "a blank between date and time"),
        arguments(" 2026-11-22T20:44:14Z", "a blank in front"),
        arguments("2026-11-22T20:44:14Z ", "a blank behind"),
        arguments("2026-11-22T20:44:14ZZ", "one Z too many"),
        arguments("2026-11-22T20:44:14Z[Europe/Vienna]", "a zone, as Java writes them"),
        arguments("+2026-11-22T20:44:14Z", "a sign"),
        arguments("-026-11-22T20:44:14Z", "a year before 0"),
        arguments("+10000-01-01T00:00:00Z", "a year of five digits"),
        arguments("26-11-22T20:44:14Z", "a year of two digits"),
        arguments("2026-1-22T20:44:14Z", "a month of one digit"),
        arguments("2026-00-22T20:44:14Z", "month 0"),
        arguments("2026-13-22T20:44:14Z", "month 13"),
        arguments("2026-11-00T20:44:14Z", "day 0"),
        arguments("2026-11-31T20:44:14Z", "a day the month has not"),
        arguments("2026-02-29T20:44:14Z", "a leap day of a year without one"),
        arguments("2026-11-22T24:00:00Z", "hour 24"),
        arguments("2026-11-22T20:60:14Z", "minute 60"),
        arguments("2026-11-22T20:44:60Z", "a leap second in the evening"),
        arguments("2026-11-22T23:59:61Z", "second 61"),
        arguments("2026-11-22T20:44:14.Z", "a fraction without digits"),
        arguments("2026-11-22T20:44:14,5Z", "a comma"),
        arguments("2026-11-22T20:44:14.0000000001Z", "a fraction of ten digits"),
        arguments("2026-11-22T20:44:14+0530", "an offset without a colon"),
        arguments("2026-11-22T20:44:14+05", "an offset without minutes"),
        arguments("2026-11-22T20:44:14+05:30:15", "an offset with seconds"),
        arguments("2026-11-22T20:44:14+24:00", "an offset of a day"),
        arguments("2026-11-22T20:44:14+05:60", "an offset with minute 60"),
        arguments("2026-11-22T20:44:14\u221205:00", "a real minus sign"),
        arguments("\u0662\u0660\u0662\u0666-11-22T20:44:14Z", "Arabic digits"),
        arguments("2026-11-22T20:44:14Z\u0000", "a NUL"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("others")
  @DisplayName("Anything else is malformed")
  void malformedTime(String text, String why) {
    assertThatThrownBy(() -> Rfc3339.read(text))
        .as(why)
        .isInstanceOf(MalformedValueException.class);
  }

  @Test
  @DisplayName("A written time is read again, by Java as well")
  void roundTrip() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong(YEAR_0.getEpochSecond(), YEAR_10000.getEpochSecond());
      Instant time = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 840) - 840));
      assertThat(Rfc3339.read(Rfc3339.write(time))).isEqualTo(time);
      String elsewhere = time.atOffset(offset).toString();
      // Java leaves seconds out that are 0, and signs years that the offset moves out of range.
      if (elsewhere.matches("\\d{4}-.*:\\d\\d:\\d\\d.*")) {
        assertThat(Rfc3339.read(elsewhere)).isEqualTo(OffsetDateTime.parse(elsewhere).toInstant());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0001-12-31T23:59:59.999999999Z", "+10000-01-01T00:00:00Z"})
  @DisplayName("Years outside 0 to 9999 are not written")
  void yearRange(String time) {
    assertThatThrownBy(() -> Rfc3339.write(Instant.parse(time)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("expires_at must be between the years 0 and 9999");
  }
}
