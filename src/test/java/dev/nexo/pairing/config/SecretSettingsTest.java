package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Secret settings")
class SecretSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pairing: {operator: {password: hunt2}}",
        "pairing: {operator: {password: [hunt2]}}",
        "pairing: {operator: {password: *hunt2}}",
        "pairing: {operator: {password: @hunt2}}",
        "pairing: {operator: {password: \"\\hunt2\"}}",
        "pairing: {operator: {password: hunt2: a}}",
        "pairing: {operator: {password:hunt2}}",
        "pairing: {operator: hunt2}",
        "pairing: {channels: {bot: hunt2}}",
        "pairing: {broker: {password: hunt2}}",
        "pairing: {broker: {username: a, password: hunt2, token: hunt2}}",
        "pairing: {broker: {token: \"hunt2\\0\"}}",
        "pairing: {broker: {url: \"http://a:hunt2@b\"}}",
        "pairing: {broker: {url: \"nats://a:hunt2@b\", token: hunt2}}",
        "pairing: {public_url: \"wss://a:hunt2@b\"}",
        "pairing: {operator: {password: \"hunt2${NONE}\"}}",
        "pairing: {operator: {password: hunt2\n bad",
      })
  @DisplayName("A secret is in no message and no stack trace")
  void messages(String yaml) {
    Throwable fault = catchThrowable(Given.yaml(yaml)::read);
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    assertThat(fault).isInstanceOf(ConfigurationException.class);
    assertThat(trace.toString()).doesNotContain("hunt2");
  }

  @Test
  @DisplayName("A secret in the environment is in no message")
  void environment() {
    Given given = Given.environment("PAIRING_OPERATOR_PASSWORD", "hunt2");
    assertThat(catchThrowable(given::read)).message().doesNotContain("hunt2");
  }

  @Test
  @DisplayName("A secret is in no string representation")
  void stringForms() {
    Given given =
        Given.yaml(
            "pairing: {operator: {password: hunter22}, broker: {url: 'nats://a:hunter22@b'}}");
    SettingsProducer settings = given.settings();
    assertThat(settings.security().toString()).doesNotContain("hunter22");
    assertThat(settings.broker().toString()).doesNotContain("hunter22");
    assertThat(given.read().find("pairing.operator.password").toString())
        .doesNotContain("hunter22");
    assertThat(given.source().getName()).doesNotContain("hunter22");
  }
}
