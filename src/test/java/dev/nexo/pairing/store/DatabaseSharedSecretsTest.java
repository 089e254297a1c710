package dev.nexo.pairing.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.SharedSecrets;
import dev.nexo.pairing.internal.SharedSecrets.Shared;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.Together;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Database shared secrets")
@OnEveryDatabase
class DatabaseSharedSecretsTest extends PairingContract {

  private SharedSecrets secrets() {
    return pairing.get(SharedSecrets.class);
  }

  @Test
  @DisplayName("The first server's secret is shared until that server has another")
  void firstComes() {
    Shared first = new Shared("aa", "a", "host:/a");
    Shared second = new Shared("bb", "b", "host:/b");
    assertThat(secrets().find("operator")).isEmpty();
    assertThat(secrets().agree("operator", first)).isEqualTo(first);
    assertThat(secrets().agree("operator", second)).isEqualTo(first);
    Shared renewed = new Shared("cc", "a", "renamed:/a");
    assertThat(secrets().agree("operator", renewed)).isEqualTo(renewed);
    assertThat(secrets().find("operator")).contains(renewed);
    assertThat(audit()).extracting("action").containsExactly("password_made", "password_made");
  }

  @Test
  @DisplayName("Of secrets offered at once one is shared")
  void oneOfMany() throws Exception {
    List<Shared> agreed =
        Together.run(
            16, i -> secrets().agree("operator", new Shared("d" + i, "n" + i, "host:/" + i)));
    assertThat(agreed.stream().distinct()).hasSize(1);
  }
}
