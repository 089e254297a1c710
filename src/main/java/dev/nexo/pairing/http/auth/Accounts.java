package dev.nexo.pairing.http.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Where callers are known. Thread-safe. */
interface Accounts {

  /** Finds out who makes a request; counts nothing and answers nothing. */
  Login login(HttpServletRequest request, HttpServletResponse response);

  /** Finds out whose name and password these are; counts nothing and answers nothing. */
  Login byPassword(HttpServletRequest request, BasicCredentials given);

  /** What came of looking at a request's credentials. */
  sealed interface Login {

    /** They are who they say. */
    record Known(Account account) implements Login {}

    /** They are somebody to the server, and nobody here: no role is bound to them. */
    record NoRole() implements Login {}

    /** They presented a secret, and it was wrong. */
    record Wrong() implements Login {}

    /** They presented nothing. */
    record Nothing() implements Login {}
  }
}
