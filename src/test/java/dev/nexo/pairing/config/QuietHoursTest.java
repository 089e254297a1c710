package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Quiet hours")
class QuietHoursTest {

  private static QuietHours parse(String text) {
    return QuietHours.parse(text, ZoneOffset.UTC).orElseThrow();
  }

  @ParameterizedTest(name = "{0} at {1}: {2} ({3})")
  @CsvSource(
      delimiter = '|',
      value = {
        "22:00-07:00 Europe/Berlin | 2026-11-02T20:59:59Z | false | before the start",
        "22:00-07:00 Europe/Berlin | 2026-11-02T21:00:00Z | true | the start",
        "22:00-07:00 Europe/Berlin | 2026-11-03T05:59:59Z | true | before the end",
        "22:00-07:00 Europe/Berlin | 2026-11-03T06:00:00Z | false | the end",
        "22:00-07:00 Europe/Berlin | 2026-07-03T05:00:00Z | false | the end in summer",
        "22:00-07:00 Europe/Berlin | 2026-03-29T04:59:59Z | true | the night that is an hour shorter",
        "22:00-07:00 Europe/Berlin | 2026-03-29T05:00:00Z | false | its end",
        "22:00-07:00 Europe/Berlin | 2026-10-25T05:59:59Z | true | the night that is an hour longer",
        "22:00-07:00 Europe/Berlin | 2026-10-25T06:00:00Z | false | its end",
        "22:00-02:30 Europe/Berlin | 2026-03-29T00:59:59Z | true | an end that is skipped",
        "22:00-02:30 Europe/Berlin | 2026-03-29T01:00:00Z | false | after the skipped hour",
        "02:30-03:00 Europe/Berlin | 2026-10-25T01:45:00Z | true | the repeated hour",
        "12:00-13:00 | 2026-11-02T12:30:00Z | true | within a day, in the server's zone",
        "12:00-13:00 | 2026-11-02T23:30:00Z | false | within a day, outside",
        "00:00-23:59 UTC | 2026-11-02T23:59:00Z | false | a minute a day",
        "12:00–13:00 Asia/Kolkata | 2026-11-02T07:00:00Z | true | an en dash, half an hour off",
        "12:00 - 13:00 +02:00 | 2026-11-02T10:00:00Z | true | an offset",
      })
  @DisplayName("Quiet hours follow the local time of their zone")
  void contains(String text, Instant at, boolean quiet, String reason) {
    assertThat(parse(text).contains(at)).as(reason).isEqualTo(quiet);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "22:00",
        "22-07",
        "24:00-07:00",
        "22:60-07:00",
        "7:00-8:00",
        "22:00-22:00",
        "22:00-07:00 Berlin",
        "22:00-07:00 Europe/Berlin x",
        "22:00-07:00Europe/Berlin",
        "10pm-7am",
        "٢٢:00-07:00",
        "22:00-07:00,12:00-13:00",
      })
  @DisplayName("Anything else is invalid")
  void invalid(String text) {
    assertThat(QuietHours.parse(text, ZoneOffset.UTC)).isEmpty();
    assertThat(SettingRule.QUIET_HOURS.allows(text)).isFalse();
  }

  @Test
  @DisplayName("Without a zone the server's applies")
  void serverZone() {
    ZoneId server = ZoneId.of("Asia/Tokyo");
    QuietHours hours = QuietHours.parse("22:00-07:00", server).orElseThrow();
    assertThat(hours.zoneNamed()).isFalse();
    assertThat(hours).hasToString("22:00-07:00 Asia/Tokyo");
    assertThat(hours.contains(Instant.parse("2026-11-02T13:00:00Z"))).isTrue();
  }
}
