package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.config.ChannelAccounts;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The accounts that {@code pairing.security.accounts} names. */
@Component
final class ConfiguredAccounts implements Accounts {

  private final Accounts accounts;

  @Inject
  ConfiguredAccounts(
      SecuritySettings settings, OperatorPassword operator, ChannelAccounts channels) {
    this.accounts =
        settings.accounts() == SecuritySettings.Accounts.SERVER
            ? new ServerAccounts()
            : new BuiltinAccounts(operator::matches, channels);
  }

  @Override
  public Login login(HttpServletRequest request, HttpServletResponse response) {
    return accounts.login(request, response);
  }

  @Override
  public Login byPassword(HttpServletRequest request, BasicCredentials given) {
    return accounts.byPassword(request, given);
  }
}
