package dev.nexo.pairing.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours of a day in which operators are not told of requests, such as {@code 22:00-07:00
 * Europe/Berlin}. They follow the local time of their zone, also when it changes to and from summer
 * time. Immutable.
 *
 * @param start when they begin, in local time
 * @param end when they end, in local time; before the start if they last over midnight
 * @param zone the time zone
 * @param zoneNamed whether the setting names the zone; if not, it is the server's
 */
public record QuietHours(LocalTime start, LocalTime end, ZoneId zone, boolean zoneNamed) {

  private static final String TIME = "([01][0-9]|2[0-3]):([0-5][0-9])";
  private static final Pattern TEXT = Pattern.compile(TIME + " ?[-–] ?" + TIME + "(?: +(\\S+))?");

  /**
   * Parses quiet hours.
   *
   * @param server the zone if the text names none
   * @return empty if the text is invalid, or if both times are the same
   */
  public static Optional<QuietHours> parse(String text, ZoneId server) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    LocalTime start = time(parts.group(1), parts.group(2));
    LocalTime end = time(parts.group(3), parts.group(4));
    String zone = parts.group(5);
    try {
      return start.equals(end)
          ? Optional.empty()
          : Optional.of(
              new QuietHours(start, end, zone == null ? server : ZoneId.of(zone), zone != null));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalTime time(String hours, String minutes) {
    return LocalTime.of(Integer.parseInt(hours), Integer.parseInt(minutes));
  }

  /** Returns whether an instant is within the quiet hours. The end is not. */
  public boolean contains(Instant instant) {
    LocalTime time = instant.atZone(zone).toLocalTime();
    boolean started = !time.isBefore(start);
    boolean ended = !time.isBefore(end);
    return start.isBefore(end) ? started && !ended : started || !ended;
  }

  /** Returns the quiet hours as they are written in the configuration, with the zone. */
  @Override
  public String toString() {
    return start + "-" + end + " " + zone;
  }
}
