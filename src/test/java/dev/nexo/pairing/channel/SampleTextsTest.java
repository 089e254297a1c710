package dev.nexo.pairing.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.internal.TextPreviews.Preview;
import dev.nexo.pairing.message.StandardTexts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Previews of messages to senders")
class SampleTextsTest {

  private static final ChannelAccount ACCOUNT = new ChannelAccount("telegram", "default");

  private final SampleTexts samples = new SampleTexts(Texts.STANDARD);

  @Test
  @DisplayName("Each language has a preview of each text that is sent, with every value filled in")
  void everyLanguage() {
    assertThat(samples.languages()).isEqualTo(StandardTexts.LANGUAGES);
    for (String language : samples.languages()) {
      assertThat(samples.previews(ACCOUNT, language))
          .as(language)
          .allMatch(preview -> preview.language().equals(language) && !preview.configured())
          .noneMatch(preview -> preview.text().matches("(?s).*[{}`].*"))
          .extracting(Preview::kind)
          .containsExactly(
              "challenge",
              "approved",
              "approved_held",
              "denied",
              "expired",
              "owner",
              "owner_listed");
    }
    assertThat(samples.previews(ACCOUNT, "es").get(0).text())
        .startsWith("🔐 Se necesita")
        .endsWith("\n  nexo pair approve K7M3XQ9P");
  }
}
