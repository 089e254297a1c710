package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nexo.pairing.message.TextKind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Configured texts")
class ConfiguredTextsTest {

  private static Texts texts(Given given) {
    return new ConfiguredTexts(given.read());
  }

  private static String approved(Texts texts, String account, String language) {
    return texts.find("whatsapp", account, language, TextKind.APPROVED).template().toString();
  }

  @Test
  @DisplayName("A text is that of the account, of all accounts, or the standard one")
  void precedence() {
    Texts texts =
        texts(
            Given.yaml(
                """
                pairing:
                  language: es
                  messages:
                    es: {approved: "Todos"}
                    nl: {approved: "Iedereen"}
                    whatsapp:
                      shop.eu:
                        es: {approved: "Tienda {name}"}
                """));
    assertThat(approved(texts, "shop.eu", "es")).isEqualTo("Tienda {name}");
    assertThat(approved(texts, "default", "es")).isEqualTo("Todos");
    assertThat(approved(texts, "shop.eu", "nl")).isEqualTo("Iedereen");
    assertThat(approved(texts, "default", "de")).startsWith("✅ Du bist");
    // The configured language, for a sender whose own is not known or has no text.
    assertThat(approved(texts, "shop.eu", null)).isEqualTo("Tienda {name}");
    assertThat(approved(texts, "default", "ja")).isEqualTo("Todos");
    assertThat(texts.find("whatsapp", "default", "nl", TextKind.DENIED).language()).isEqualTo("es");
    assertThat(texts.languages()).contains("es", "zh", "nl").doesNotContain("ja");
  }

  @Test
  @DisplayName("One setting replaces the texts for an approval, and one those to owners")
  void sharedSettings() {
    Texts texts =
        texts(
            Given.yaml(
                """
                pairing:
                  messages:
                    en: {approved: "Welcome", owner: "No. {number}"}
                    whatsapp:
                      kept:
                        en: {owner: "Kept {number}"}
                """));
    for (TextKind kind : List.of(TextKind.APPROVED, TextKind.APPROVED_HELD)) {
      assertThat(texts.find("whatsapp", "kept", null, kind).template()).hasToString("Welcome");
    }
    for (TextKind kind : List.of(TextKind.OWNER, TextKind.OWNER_LISTED)) {
      assertThat(texts.find("whatsapp", "kept", null, kind).template())
          .hasToString("Kept {number}");
      assertThat(texts.find("whatsapp", "b", null, kind).template()).hasToString("No. {number}");
    }
    assertThat(texts.find("whatsapp", "kept", null, TextKind.OWNER_LIST).configured()).isFalse();
    assertThat(texts(Given.nothing()).find("whatsapp", "kept", "de", TextKind.APPROVED_HELD))
        .extracting(found -> found.template().toString())
        .isEqualTo("✅ Du bist freigeschaltet. Deine Nachrichten kommen jetzt an.");
  }

  @Test
  @DisplayName("Without a setting, texts are English")
  void english() {
    Texts texts = texts(Given.nothing());
    assertThat(texts.language()).isEqualTo("en");
    assertThat(approved(texts, "default", "ja")).startsWith("✅ You are in.");
    // A row of Nexo may have any account.
    assertThat(texts.find("Who knows", "..", null, TextKind.DENIED).configured()).isFalse();
  }

  @Test
  @DisplayName("The code is sent alone if a text for it is configured")
  void codeAlone() {
    assertThat(texts(Given.nothing()).sendsCodeAlone("whatsapp", "default", "es")).isFalse();
    Texts texts =
        texts(Given.yaml("pairing: {messages: {whatsapp: {a: {en: {code: \"{code}\"}}}}}"));
    assertThat(texts.sendsCodeAlone("whatsapp", "a", "es")).isTrue();
    assertThat(texts.sendsCodeAlone("whatsapp", "a", null)).isTrue();
    assertThat(texts.sendsCodeAlone("whatsapp", "b", "en")).isFalse();
  }

  @Test
  @DisplayName("Environment variables set texts, also of an account")
  void variables() {
    Texts texts =
        texts(
            Given.environment("PAIRING_MESSAGES_NL_APPROVED", "Iedereen")
                .andEnvironment("PAIRING_MESSAGES_WHATSAPP_SHOP_EU_NL_APPROVED", "Winkel")
                .andEnvironment("PAIRING_LANGUAGE", "nl"));
    assertThat(approved(texts, "default", null)).isEqualTo("Iedereen");
    assertThat(approved(texts, "shop_eu", null)).isEqualTo("Winkel");
    assertThat(approved(texts, "Shop-EU", null)).isEqualTo("Iedereen");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "messages: {es: {challenge: Hola}} | pairing.messages.es.challenge | with {code}",
        "messages: {es: {approved: 'Usa {code}'}} | pairing.messages.es.approved | no other braces",
        "messages: {es: {denied: '{nombre}'}} | pairing.messages.es.denied | no other braces",
        "messages: {es: {owner: Hola}} | pairing.messages.es.owner | with {number}",
        "messages: {es-MX: {approved: Hola}} | pairing.messages.es-MX.approved | two or three letters",
        "messages: {es: {aproved: Hola}} | pairing.messages.es.aproved | did you mean"
            + " pairing.messages.es.approved",
        "messages: {whatsapp: {a: {es: {challenge: Hola}}}}"
            + " | pairing.messages.whatsapp.a.es.challenge | with {code}",
        "messages: {WhatsApp: {a: {es: {approved: Hola}}}}"
            + " | pairing.messages.WhatsApp.a.es.approved | expected a name",
        "messages: {whatsapp: {a: {ES: {approved: Hola}}}}"
            + " | pairing.messages.whatsapp.a.ES.approved | two or three letters",
        "language: sp | pairing.language | has no texts",
        "language: Spanish | pairing.language | two or three letters"
      })
  @DisplayName("A faulty text stops the start, and the message has the key")
  void faults(String yaml, String key, String fault) {
    String quoted = yaml.replaceAll("'?(Usa \\{code}|\\{nombre})'?", "\"$1\"");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Given.yaml("pairing: {" + quoted + "}").read())
        .withMessageContaining(key)
        .withMessageContaining(fault);
  }

  @Test
  @DisplayName("A faulty text in a variable stops the start, and the message has the variable")
  void faultyVariable() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Given.environment("PAIRING_MESSAGES_ES_CHALLENGE", "Hola").read())
        .withMessageContaining("PAIRING_MESSAGES_ES_CHALLENGE")
        .withMessageContaining("with {code}");
  }
}
