package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.internal.TextPreviews;
import dev.nexo.pairing.platform.Component;
import java.util.List;

/** A challenge in two languages. */
@Component
public class FakePreviews implements TextPreviews {

  @Override
  public String language() {
    return "en";
  }

  @Override
  public List<String> languages() {
    return List.of("en", "es");
  }

  @Override
  public List<Preview> previews(ChannelAccount account, String language) {
    return List.of(new Preview("challenge", "Code K7M3XQ9P", language, false));
  }
}
