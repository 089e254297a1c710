package dev.nexo.pairing.http.auth;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;

/**
 * Who makes a request, as the login filter found out.
 *
 * @param name the account's name
 * @param role what the account may do
 * @param surface through what they say they come; {@link Surface#API} where they say nothing
 */
public record Caller(String name, Role role, Surface surface) {

  /** The header by which a caller says through what it comes. */
  public static final String SURFACE_HEADER = "X-Pairing-Surface";

  private static final String ATTRIBUTE = Caller.class.getName();
  private static final String LOGIN = ATTRIBUTE + ".login";

  /**
   * The caller of a request that has been through the login filter.
   *
   * @throws IllegalStateException where it has not; nothing is answered then
   */
  public static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("A request reached a resource without a login");
  }

  /** Who makes a change, for the audit trail. */
  public Actor actor() {
    return new Actor(name, surface);
  }

  /**
   * Whether the login that a request rides on still counts; to be asked later, by whoever goes on
   * answering it. Always true where the request brought its password itself.
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
   * Reads what a request says of where it comes from.
   *
   * @throws ProblemException 400 where the word is unknown
   */
  static Surface surface(HttpServletRequest request) {
    String word = request.getHeader(SURFACE_HEADER);
    if (word == null) {
      return Surface.API;
    }
    return Surface.parse(word)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.BAD_REQUEST,
                    SURFACE_HEADER + " must be cli, api, console, chat or seed."));
  }
}
