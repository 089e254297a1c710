package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.config.ChannelAccounts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Predicate;

/** The operator and the channel accounts of the configuration. */
final class BuiltinAccounts implements Accounts {

  /** The operator's name; a channel account of that name is out of reach. */
  static final String OPERATOR = "operator";

  private final Predicate<String> operator;
  private final ChannelAccounts channels;

  /**
   * Accounts with these passwords.
   *
   * @param operator whether a password is the operator's, judged in constant time
   */
  BuiltinAccounts(Predicate<String> operator, ChannelAccounts channels) {
    this.operator = operator;
    this.channels = channels;
  }

  @Override
  public Login login(HttpServletRequest request, HttpServletResponse response) {
    String header = request.getHeader("Authorization");
    if (header == null) {
      return new Login.Nothing();
    }
    return BasicCredentials.parse(header)
        .map(given -> byPassword(request, given))
        .orElseGet(Login.Wrong::new);
  }

  @Override
  public Login byPassword(HttpServletRequest request, BasicCredentials given) {
    return account(given).<Login>map(Login.Known::new).orElseGet(Login.Wrong::new);
  }

  private Optional<Account> account(BasicCredentials given) {
    if (given.name().equals(OPERATOR)) {
      return operator.test(given.password())
          ? Optional.of(new Account(OPERATOR, Role.OPERATOR))
          : Optional.empty();
    }
    Optional<String> password = channels.password(given.name()).filter(p -> !p.isEmpty());
    // An unknown name costs the same digests as a known one, so that time does not tell them apart.
    boolean right =
        SecretDigest.of(password.orElse("no such account"))
            .matches(SecretDigest.of(given.password()));
    return right && password.isPresent()
        ? Optional.of(new Account(given.name(), Role.CHANNEL))
        : Optional.empty();
  }
}
