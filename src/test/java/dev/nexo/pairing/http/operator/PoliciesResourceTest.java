package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.RequesterNotice;
import dev.nexo.pairing.http.fake.FakeKnownAccounts;
import dev.nexo.pairing.http.fake.FakeStore;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.testing.FixedPolicies;
import dev.nexo.pairing.testkit.StubAdapters;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Policies over HTTP")
class PoliciesResourceTest {

  private static final AccountPolicy OF_MAIL =
      new AccountPolicy(
          false, true, 5, true, 3, Set.of(RequesterNotice.DENIED, RequesterNotice.APPROVED));

  private final List<ChannelAccount> configured = new ArrayList<>();
  private final List<ChannelAccount> stored = new ArrayList<>();
  private boolean pinned;

  /** All accounts of mail have a policy of their own. Each must be read while pinned. */
  private final class MailPolicies extends FixedPolicies {

    private MailPolicies() {
      super(AccountPolicy.CHALLENGE);
    }

    @Override
    public Pin pin() {
      pinned = true;
      return () -> pinned = false;
    }

    @Override
    public AccountPolicy of(ChannelAccount account) {
      assertThat(pinned).as("no reload within one answer").isTrue();
      return account.channel().equals("mail") ? OF_MAIL : super.of(account);
    }

    @Override
    public List<ChannelAccount> accounts() {
      return configured;
    }
  }

  private JsonObject list(String... query) {
    PairingStore store =
        new FakeStore() {
          @Override
          public List<ChannelAccount> accounts(int limit) {
            return stored.stream().limit(limit).toList();
          }
        };
    MultivaluedHashMap<String, String> parameters = new MultivaluedHashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      parameters.add(query[i], query[i + 1]);
    }
    UriInfo uri =
        (UriInfo)
            Proxy.newProxyInstance(
                UriInfo.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (self, method, arguments) -> parameters);
    StubAdapters adapters = new StubAdapters();
    SenderParser senders = new SenderParser(adapters, new FakeKnownAccounts());
    return new PoliciesResource(new MailPolicies(), adapters, store, senders).list(uri);
  }

  private static List<String> names(JsonObject answer) {
    return answer.getJsonArray("policies").getValuesAs(JsonObject.class).stream()
        .map(one -> one.getString("channel") + ":" + one.getString("account_id"))
        .toList();
  }

  @Test
  @DisplayName("Accounts of the configuration, the database and the adapters are listed once")
  void known() {
    configured.add(new ChannelAccount("mail", "work"));
    configured.add(new ChannelAccount("chat", "default"));
    stored.add(new ChannelAccount("mail", "work"));
    stored.add(new ChannelAccount("mail", "Home"));
    JsonObject answer = list();
    assertThat(names(answer)).containsExactly("chat:default", "mail:Home", "mail:work");
    assertThat(answer.getJsonArray("policies").get(2))
        .hasToString(
            "{\"channel\":\"mail\",\"account_id\":\"work\",\"auto_challenge\":false,"
                + "\"challenge\":\"silent\",\"challenges_per_hour\":5,\"groups\":\"pair\","
                + "\"hold_messages\":3,\"notify_requester\":[\"approved\",\"denied\"]}");
    assertThat(answer.get("general"))
        .hasToString(
            "{\"auto_challenge\":true,\"challenge\":\"reply\",\"challenges_per_hour\":30,"
                + "\"groups\":\"drop\",\"hold_messages\":0,\"notify_requester\":[\"approved\"]}");
    assertThat(answer.getBoolean("more")).isFalse();
    assertThat(answer).doesNotContainKey("warnings");
    assertThat(pinned).isFalse();
  }

  @Test
  @DisplayName("One account is answered also if nothing names it, with a warning")
  void one() {
    assertThat(names(list("channel", "mail"))).containsExactly("mail:default");
    JsonObject unknown = list("channel", "whatsapp", "account_id", "nosuch");
    assertThat(names(unknown)).containsExactly("whatsapp:nosuch");
    assertThat(unknown.getJsonArray("warnings").getJsonObject(0).getString("reason"))
        .isEqualTo("unknown_account");
  }

  @Test
  @DisplayName("An answer has at most 1,000 accounts and says that there are more")
  void bounded() {
    IntStream.range(0, 3_000)
        .mapToObj(i -> new ChannelAccount("mail", "%04d".formatted(i)))
        .forEach(stored::add);
    JsonObject answer = list();
    assertThat(names(answer)).hasSize(1_000).startsWith("chat:default").endsWith("mail:0998");
    assertThat(answer.getBoolean("more")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account_id=work",
        "channel=A B",
        "channel=mail&account_id=../x",
        "channel=",
        "q=1"
      })
  @DisplayName("A query that names no account is a 400")
  void refused(String query) {
    assertThatThrownBy(() -> list(query.replaceFirst("=$", "= ").split("[=&]")))
        .isInstanceOf(ProblemException.class);
  }
}
