package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.http.fake.FakeAdapters;
import dev.nexo.pairing.http.fake.FakeStore;
import dev.nexo.pairing.testing.FixedPolicies;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which known channel or account a mistyped one means. */
@DisplayName("Names of channels and accounts")
class NamedAccountsTest {

  private static final List<ChannelAccount> STORED =
      List.of(new ChannelAccount("signal", "work"), new ChannelAccount("whatsapp", "helpdesk"));

  private final NamedAccounts names =
      new NamedAccounts(
          new FakeAdapters(),
          new FixedPolicies(AccountPolicy.CHALLENGE),
          new FakeStore() {
            @Override
            public List<ChannelAccount> accounts(int limit) {
              return STORED;
            }

            @Override
            public boolean hasRows(AccountFilter filter) {
              return STORED.stream()
                  .anyMatch(
                      one ->
                          one.channel().equals(filter.channel())
                              && (filter.accountId() == null
                                  || one.accountId().equals(filter.accountId())));
            }
          });

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      textBlock =
          """
          watsapp,  default,    whatsapp, default,    a channel with an adapter
          chatt,    default,    chat,     default,    a channel of the configuration
          singal,   work,       signal,   work,       a channel of the tables
          whatsapp, defualt,    whatsapp, default,    the account default
          whatsapp, help-desk,  whatsapp, helpdesk,   an account of the tables
          chat,     configred,  chat,     configured, an account of the configuration
          chat,     helpdesk,   ,         ,           an account of another channel
          zulip,    default,    ,         ,           nothing is similar
          """)
  @DisplayName("A mistyped name means a similar name of the same kind:")
  void similar(String channel, String account, String meant, String ofAccount, String reason) {
    ChannelAccount similar = names.similar(new ChannelAccount(channel, account)).orElse(null);
    assertThat(similar).isEqualTo(meant == null ? null : new ChannelAccount(meant, ofAccount));
  }
}
