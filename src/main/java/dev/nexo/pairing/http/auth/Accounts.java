package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.config.ChannelAccounts;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.internal.AuthorizationHeader;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Authenticates accounts of the kind set in {@code pairing.security.accounts}: the operator and the
 * channel accounts of the configuration, or those of the server (its registry, LDAP, OpenID
 * Connect), whose roles are bound in {@code server.xml}. Thread-safe.
 */
@Component
final class Accounts {

  /** The operator's name. A channel account of this name cannot log in. */
  static final String OPERATOR = "operator";

  private static final System.Logger LOG = System.getLogger(Accounts.class.getName());

  private final boolean server;
  private final Predicate<String> operator;
  private final ChannelAccounts channels;

  @Inject
  Accounts(SecuritySettings settings, OperatorPassword operator, ChannelAccounts channels) {
    this(settings.accounts() == SecuritySettings.Accounts.SERVER, operator::matches, channels);
  }

  /**
   * Creates the accounts.
   *
   * @param server whether to use the server's accounts and ignore the passwords
   * @param operator checks the operator's password in constant time
   */
  Accounts(boolean server, Predicate<String> operator, ChannelAccounts channels) {
    this.server = server;
    this.operator = operator;
    this.channels = channels;
  }

  /**
   * A caller that has logged in.
   *
   * @param name its name in the audit log
   */
  record Account(String name, CallerRole role) {}

  /** The result of a login. */
  sealed interface Login {

    /** The credentials are right. */
    record Known(Account account) implements Login {}

    /** The credentials are right, but the server binds no role of this application to them. */
    record NoRole() implements Login {}

    /** The credentials are wrong or malformed. */
    record Wrong() implements Login {}

    /** There are no credentials. */
    record Nothing() implements Login {}

    /** Returns whether the login is a failed attempt. */
    default CallerLimiter.Outcome outcome() {
      return this instanceof Wrong ? CallerLimiter.Outcome.WRONG : CallerLimiter.Outcome.RIGHT;
    }

    /**
     * Returns the account.
     *
     * @param otherwise creates the problem for wrong or missing credentials
     * @throws ProblemException 403 if there is no role, otherwise the problem above
     */
    default Account orRefuse(Supplier<Problem> otherwise) {
      if (this instanceof Known known) {
        return known.account();
      }
      if (this instanceof NoRole) {
        throw new ProblemException(
            ProblemType.FORBIDDEN,
            "The credentials are valid, but the account has no role. Bind the role operator or"
                + " channel to it in server.xml.");
      }
      throw new ProblemException(otherwise.get());
    }
  }

  /**
   * Returns what a failure with these credentials is counted by.
   *
   * @param address the peer's IP address
   * @param authorization the value of the header, which may be malformed
   */
  LoginKey key(String address, String authorization) {
    return AuthorizationHeader.basic(authorization)
        .map(given -> keyOfName(address, given.name()))
        .orElseGet(() -> new LoginKey(address, kind(), authorization, false));
  }

  /** Returns what a failure with the password of an account is counted by. */
  LoginKey keyOfName(String address, String name) {
    boolean known =
        !server
            && (name.equals(OPERATOR)
                || channels.password(name).filter(p -> !p.isEmpty()).isPresent());
    return new LoginKey(address, kind(), name, known);
  }

  private LoginKey.Kind kind() {
    return server ? LoginKey.Kind.SERVER_ACCOUNT : LoginKey.Kind.PASSWORD;
  }

  /** Checks the credentials of a request. Does not count failed attempts. */
  Login login(HttpServletRequest request, HttpServletResponse response) {
    if (server && request.getUserPrincipal() != null) {
      return byRole(request);
    }
    String header = request.getHeader("Authorization");
    if (header == null) {
      return new Login.Nothing();
    }
    if (server && !AuthorizationHeader.isBasic(header)) {
      return byContainer(request, response);
    }
    return AuthorizationHeader.basic(header)
        .map(given -> byPassword(request, given.name(), given.password()))
        .orElseGet(Login.Wrong::new);
  }

  /** Checks a name and a password. Does not count failed attempts. */
  Login byPassword(HttpServletRequest request, String name, String password) {
    if (!server) {
      return account(name, password).<Login>map(Login.Known::new).orElseGet(Login.Wrong::new);
    }
    try {
      request.login(name, password);
      return byRole(request);
    } catch (ServletException e) {
      LOG.log(Level.DEBUG, "The server's registry refused a login", e);
      return new Login.Wrong();
    }
  }

  private Optional<Account> account(String name, String given) {
    if (name.equals(OPERATOR)) {
      return operator.test(given)
          ? Optional.of(new Account(OPERATOR, CallerRole.OPERATOR))
          : Optional.empty();
    }
    Optional<String> password = channels.password(name).filter(p -> !p.isEmpty());
    // Unknown names take the same digests as known ones, so that timing does not reveal them.
    boolean right = Sha256.matches(given, Sha256.hex(password.orElse("no such account")));
    return right && password.isPresent()
        ? Optional.of(new Account(name, CallerRole.CHANNEL))
        : Optional.empty();
  }

  /** Checks a token that only the server can read, such as one of an OpenID Connect provider. */
  private static Login byContainer(HttpServletRequest request, HttpServletResponse response) {
    try {
      return request.authenticate(response) ? byRole(request) : new Login.Wrong();
    } catch (ServletException | IOException e) {
      LOG.log(Level.DEBUG, "The server could not authenticate a request", e);
      return new Login.Wrong();
    }
  }

  private static Login byRole(HttpServletRequest request) {
    for (CallerRole role : CallerRole.values()) {
      if (request.isUserInRole(role.wireName())) {
        return new Login.Known(new Account(request.getUserPrincipal().getName(), role));
      }
    }
    return new Login.NoRole();
  }
}
