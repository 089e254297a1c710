package dev.nexo.pairing.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.notice.Notice;
import dev.nexo.pairing.notice.Notice.Request;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Message to a browser")
class PushMessageTextTest {

  private static Request request(int number, String sender, String name) {
    return new Request(
        "id" + number,
        number,
        new SenderKey("phone", "default", sender),
        Optional.ofNullable(name),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(3_600));
  }

  @Test
  @DisplayName("A digest puts claimed names in quotes that no sender can end")
  void claims() {
    List<Request> requests =
        List.of(
            request(1, "+15550001111", null),
            request(2, "+15550002222", "+15550001111"),
            request(3, "+15550003333", "x” +15550001111 \"«"));
    String digest = PushMessageText.of(new Notice("digest", requests));
    assertThat(
            StrictJson.parse(digest.getBytes(UTF_8))
                .getJsonArray("names")
                .getValuesAs(JsonString::getString))
        .containsExactly("+15550001111", "“+15550001111”", "“x' +15550001111 ''”");
  }
}
