package dev.nexo.pairing.http.auth;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The server's own registry, LDAP or OpenID Connect. Who has which role stands in {@code
 * server.xml}.
 */
final class ServerAccounts implements Accounts {

  private static final System.Logger LOG = System.getLogger(ServerAccounts.class.getName());

  @Override
  public Login login(HttpServletRequest request, HttpServletResponse response) {
    String header = request.getHeader("Authorization");
    if (request.getUserPrincipal() != null) {
      return known(request);
    }
    if (BasicCredentials.isBasic(header)) {
      return BasicCredentials.parse(header)
          .map(given -> byPassword(request, given))
          .orElseGet(Login.Wrong::new);
    }
    return header == null ? new Login.Nothing() : byContainer(request, response);
  }

  @Override
  public Login byPassword(HttpServletRequest request, BasicCredentials given) {
    try {
      request.login(given.name(), given.password());
      return known(request);
    } catch (ServletException e) {
      LOG.log(System.Logger.Level.DEBUG, "The server's registry refused a login", e);
      return new Login.Wrong();
    }
  }

  /** A token that only the server can read, like that of an OpenID Connect provider. */
  private static Login byContainer(HttpServletRequest request, HttpServletResponse response) {
    try {
      return request.authenticate(response) ? known(request) : new Login.Wrong();
    } catch (ServletException | IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "The server could not authenticate a request", e);
      return new Login.Wrong();
    }
  }

  private static Login known(HttpServletRequest request) {
    for (Role role : Role.values()) {
      if (request.isUserInRole(role.wireName())) {
        return new Login.Known(new Account(request.getUserPrincipal().getName(), role));
      }
    }
    return new Login.NoRole();
  }
}
