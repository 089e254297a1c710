package dev.nexo.pairing.json;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.math.BigInteger;

/** Reads numbers that count something. */
final class WholeNumber {

  private WholeNumber() {}

  /**
   * A number as one writes a whole one: digits alone, no fraction (not even {@code .0}) and no
   * exponent, which could stand for more digits than memory holds.
   *
   * @param min the least it may be
   * @param max the most
   * @return null where it is something else, or out of range
   */
  static Long of(JsonValue value, long min, long max) {
    if (!(value instanceof JsonNumber number) || !number.isIntegral()) {
      return null;
    }
    BigInteger whole = number.bigIntegerValue();
    boolean inRange =
        whole.compareTo(BigInteger.valueOf(min)) >= 0
            && whole.compareTo(BigInteger.valueOf(max)) <= 0;
    return inRange ? (Long) whole.longValueExact() : null;
  }
}
