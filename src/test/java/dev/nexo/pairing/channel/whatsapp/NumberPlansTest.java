package dev.nexo.pairing.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Numbering plans")
class NumberPlansTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "+15550001111000, digits behind an American number, +1",
    "+3361234, a short French number, +33",
    "+99955512345, no country, prefix",
    "+4402079460000, the zero of a British area code, is +442079460000.",
    "+4901761234567, the zero of a German number, is +491761234567.",
    "+3300612345678, two zeros, +33",
    "+521555, a Mexican number that is too short in both spellings, +52",
  })
  @DisplayName("A number that no plan contains is a warning")
  void warns(String number, String why, String named) {
    assertThat(NumberPlans.warnings(number)).as(why).singleElement().asString().contains(named);
  }

  @ParameterizedTest
  @CsvSource({
    "+15550001111",
    "+442079460000",
    "+390612345678",
    "+5215550001111",
    "+5491123456789",
    "+541123456789",
    "+5511987654321",
    "+551187654321",
    "772861572129@lid"
  })
  @DisplayName("A possible number and a LID have no warning")
  void silent(String number) {
    assertThat(NumberPlans.warnings(number)).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "+5511987654321, +551187654321, Brazil",
    "+5215512345678, +525512345678, Mexico",
    "+5491123456789, +541123456789, Argentina",
  })
  @DisplayName("The two spellings of a number are near twins")
  void twins(String longer, String shorter, String country) {
    assertThat(NumberPlans.nearTwins(longer)).as(country).containsExactly(shorter);
    assertThat(NumberPlans.nearTwins(shorter)).as(country).containsExactly(longer);
  }

  @ParameterizedTest
  @CsvSource({"+15550001111", "+5511887654321", "+55119", "772861572129@lid"})
  @DisplayName("Other numbers have no near twin")
  void noTwins(String number) {
    assertThat(NumberPlans.nearTwins(number)).isEmpty();
  }
}
