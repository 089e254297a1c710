package dev.nexo.pairing.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.config.ChannelAccounts;
import dev.nexo.pairing.http.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Accounts")
class AccountsTest {

  private static final ChannelAccounts CHANNELS =
      name ->
          Optional.ofNullable(
              Map.of("telegram", "tele-pass", "operator", "other", "blank", "").get(name));

  private final Accounts accounts = new Accounts(false, "operator-pass"::equals, CHANNELS);

  @Test
  @DisplayName("The right password logs in with the account's role")
  void rightPassword() {
    assertThat(login("operator", "operator-pass"))
        .isEqualTo(known("operator", CallerRole.OPERATOR));
    assertThat(login("telegram", "tele-pass")).isEqualTo(known("telegram", CallerRole.CHANNEL));
  }

  @Test
  @DisplayName("Anything else is wrong, and no header is no attempt")
  void wrongPassword() {
    String[][] rows = {
      {"operator", "operator-pass "},
      {"operator", ""},
      {"operator", "other"},
      {"Operator", "operator-pass"},
      {"telegram", "operator-pass"},
      {"whatsapp", "tele-pass"},
      {"whatsapp", "no such account"},
      {"blank", ""},
      {"", ""}
    };
    for (String[] row : rows) {
      assertThat(login(row[0], row[1])).as(row[0]).isInstanceOf(Accounts.Login.Wrong.class);
    }
    assertThat(accounts.login(FakeRequest.from("192.0.2.1", Map.of()), null))
        .isInstanceOf(Accounts.Login.Nothing.class);
  }

  private static Accounts.Login known(String name, CallerRole role) {
    return new Accounts.Login.Known(new Accounts.Account(name, role));
  }

  private Accounts.Login login(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(pair);
    return accounts.login(
        FakeRequest.from("192.0.2.1", Map.of("Authorization", List.of(header))), null);
  }
}
