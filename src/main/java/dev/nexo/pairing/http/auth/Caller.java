package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;

/**
 * The authenticated caller of a request. Immutable and thread-safe.
 *
 * @param name the account's name
 * @param role what the account may do
 * @param surface the client that the caller names; {@link Surface#API} if it names none
 */
public record Caller(String name, CallerRole role, Surface surface) {

  /** The header in which a caller names its client. */
  public static final String SURFACE_HEADER = "X-Pairing-Surface";

  private static final String ATTRIBUTE = Caller.class.getName();
  private static final String LOGIN = ATTRIBUTE + ".login";

  /**
   * Returns the caller of a request that has passed the login filter.
   *
   * @throws IllegalStateException if it has not passed the filter
   */
  public static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("A request reached a resource without a login");
  }

  /** Returns the caller as the actor of a change, for the audit trail. */
  public Actor actor() {
    return new Actor(name, surface);
  }

  /**
   * Returns a check of whether the login of a request is still valid, for responses that take long.
   * It is always true if the request contained the password.
   */
  public static BooleanSupplier login(HttpServletRequest request) {
    return request.getAttribute(LOGIN) instanceof BooleanSupplier login ? login : () -> true;
  }

  static void attachLogin(HttpServletRequest request, BooleanSupplier login) {
    request.setAttribute(LOGIN, login);
  }

  void attachTo(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /**
   * Returns the client that a request names.
   *
   * @throws ProblemException 400 if the name is unknown
   */
  public static Surface surface(HttpServletRequest request) {
    String word = request.getHeader(SURFACE_HEADER);
    if (word == null) {
      return Surface.API;
    }
    return Surface.parse(word)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "The header " + SURFACE_HEADER + " must be cli, api, console, chat or seed."));
  }
}
