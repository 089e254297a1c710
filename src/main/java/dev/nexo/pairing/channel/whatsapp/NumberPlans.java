package dev.nexo.pairing.channel.whatsapp;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.List;

/**
 * What the numbering plans say about phone numbers in canonical form. Only for warnings and hints:
 * plans change, so they reject nothing.
 */
final class NumberPlans {

  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  private NumberPlans() {}

  /**
   * Returns a warning if no numbering plan contains a number of this length, or if a zero behind
   * the country code is dialled only inside the country; LIDs have none. A number whose {@link
   * #nearTwins near twin} is possible has none either: WhatsApp keeps both spellings.
   */
  static List<String> warnings(String canonical) {
    if (canonical.charAt(0) != '+') {
      return List.of();
    }
    List<String> warnings = ofPlan(canonical);
    boolean twin = nearTwins(canonical).stream().anyMatch(other -> ofPlan(other).isEmpty());
    return twin ? List.of() : warnings;
  }

  private static List<String> ofPlan(String canonical) {
    try {
      var number = PLANS.parse(canonical, null);
      String dialled = PLANS.format(number, PhoneNumberFormat.E164);
      String country = "+" + number.getCountryCode();
      if (canonical.startsWith(country + "0")
          && dialled.equals(canonical.replaceFirst("(?<=^\\" + country + ")0+", ""))) {
        return List.of(
            "The 0 behind "
                + country
                + " is dialled only inside the country. From abroad, and on"
                + " WhatsApp, the number is "
                + dialled
                + ".");
      }
      ValidationResult result = PLANS.isPossibleNumberWithReason(number);
      return switch (result) {
        case IS_POSSIBLE, IS_POSSIBLE_LOCAL_ONLY -> List.of();
        case INVALID_COUNTRY_CODE -> List.of("No country has this prefix.");
        case TOO_SHORT, TOO_LONG, INVALID_LENGTH ->
            List.of("There is no number of this length in +" + number.getCountryCode() + ".");
      };
    } catch (NumberParseException e) {
      return List.of("No country has this prefix.");
    }
  }

  /**
   * Returns the other spelling of a number in countries that have inserted a digit, which WhatsApp
   * keeps for some accounts and not for others: Brazil (9 behind the area code), Mexico (1) and
   * Argentina (9) behind the country code.
   */
  static List<String> nearTwins(String canonical) {
    String twin =
        canonical.startsWith("+55")
            ? twin(canonical, 5, '9', 13)
            : canonical.startsWith("+52")
                ? twin(canonical, 3, '1', 13)
                : canonical.startsWith("+54") ? twin(canonical, 3, '9', 13) : null;
    return twin == null ? List.of() : List.of(twin);
  }

  /**
   * Removes or inserts a digit.
   *
   * @param at the index of the digit
   * @param shorter the length of the number without the digit, with its +
   */
  private static String twin(String number, int at, char digit, int shorter) {
    if (number.length() == shorter) {
      return number.substring(0, at) + digit + number.substring(at);
    }
    return number.length() == shorter + 1 && number.charAt(at) == digit
        ? number.substring(0, at) + number.substring(at + 1)
        : null;
  }
}
