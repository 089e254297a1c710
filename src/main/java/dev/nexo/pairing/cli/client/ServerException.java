package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;

/** The server refused a request or failed (RFC 9457); the message is one line for people. */
public final class ServerException extends CommandException {

  private static final long serialVersionUID = 1L;

  /** The start of the types of this project's problems. */
  private static final String TYPES = "urn:nexo-pairing:problem:";

  /** The problem type of an unknown path; other problem types also have status 404. */
  private static final String NO_CALL = TYPES + "not-found";

  /** The problem type of a login that is locked after failed attempts. */
  private static final String LOCKED = TYPES + "too-many-attempts";

  private final boolean missing;
  private final boolean older;

  private final int status;
  private final transient List<String> remedies;

  private ServerException(
      Login login, Exchange.Answer answer, String type, String line, List<String> remedies) {
    super(line, answer.status() == 401 ? login.hidden() : null);
    this.status = answer.status();
    this.older = NO_CALL.equals(type);
    this.missing = status == 404 && isOwn(type) && !older;
    this.remedies = remedies;
  }

  /** Creates the exception for an error response. */
  static ServerException of(Login login, Exchange.Answer answer) {
    JsonObject problem = Json.read(answer.body()).orElse(JsonValue.EMPTY_JSON_OBJECT);
    List<String> remedies =
        Json.array(problem, "remedies").stream()
            .filter(JsonString.class::isInstance)
            .map(line -> ((JsonString) line).getString())
            .toList();
    return new ServerException(
        login,
        answer,
        type(answer, problem),
        TerminalText.of(line(login, answer, problem)).strip(),
        remedies);
  }

  /** Returns the type of a problem; null if the response is none. Any web server can send 404. */
  private static String type(Exchange.Answer answer, JsonObject problem) {
    String media = answer.header("Content-Type");
    return media != null && media.startsWith("application/problem+json")
        ? Json.text(problem, "type")
        : null;
  }

  private static boolean isOwn(String type) {
    return type != null && type.startsWith(TYPES);
  }

  /** Returns whether the application reports that it has no such row. */
  public boolean isMissing() {
    return missing;
  }

  /** Returns whether the application reports that it has no such call. */
  public boolean isOlderServer() {
    return older;
  }

  /** Returns the HTTP status, 300–599. */
  public int status() {
    return status;
  }

  /** Returns the server's remedies, one line each; often none. */
  public List<String> remedies() {
    return remedies;
  }

  private static String line(Login login, Exchange.Answer answer, JsonObject problem) {
    int status = answer.status();
    String title = Json.text(problem, "title");
    if (status < 400) {
      return login.server()
          + " redirects to "
          + answer.header("Location")
          + "; redirects are not followed. Set the final address with --server";
    }
    if (status == 401) {
      return refused(login);
    }
    String type = type(answer, problem);
    if (status == 429) {
      return tooMany(login, answer, type, problem);
    }
    if (!isOwn(type) || title == null) {
      return notRunning(login, "status " + status);
    }
    if (NO_CALL.equals(type)) {
      return "The server does not support this command: it is older than this nexo-pair; update the server";
    }
    if (status >= 500) {
      return title + "; see the server's log and " + login.server() + "/health/ready";
    }
    String detail = Json.text(problem, "detail");
    return detail == null ? title : title + ": " + detail;
  }

  /** Only the lock-out is about failed attempts; the other limits are about correct requests. */
  private static String tooMany(
      Login login, Exchange.Answer answer, String type, JsonObject problem) {
    String again = "; try again in " + answer.retryAfter();
    if (LOCKED.equals(type)) {
      return "Too many failed attempts of this login from this machine"
          + again
          + ". If this repeats, another program here uses a wrong password: the server's log names"
          + " it (NXP-0090)";
    }
    String title = Json.text(problem, "title");
    if (!isOwn(type) || title == null) {
      return "A proxy in front of " + login.server() + " limits the requests (429)" + again;
    }
    String detail = Json.text(problem, "detail");
    return (detail == null ? title : title + ": " + detail.replaceFirst("\\.$", "")) + again;
  }

  /** Returns whether a response refuses every attempt of this login for some time. */
  public static boolean isLocked(Exchange.Answer answer) {
    JsonObject problem = Json.read(answer.body()).orElse(JsonValue.EMPTY_JSON_OBJECT);
    return LOCKED.equals(type(answer, problem));
  }

  /** Returns the message about an answer that is not the application's. */
  static String notRunning(Login login, String answer) {
    return "The application is not running at "
        + login.server()
        + "; its log says why ("
        + answer
        + "). If another web server answers there, check --server or NEXO_PAIR_SERVER";
  }

  private static String refused(Login login) {
    if (login.hidden() != null) {
      return login.server() + " requires a password. " + login.hidden().getMessage();
    }
    if (login.password() == null) {
      return login.server()
          + " requires a password, and none was found for it; see the path printed at the server's"
          + " first start ($NEXO_HOME/secret/operator.password). Use --password-file, or set"
          + " NEXO_PAIR_PASSWORD and NEXO_PAIR_SERVER, or server= and password= in"
          + " $NEXO_HOME/pairing/cli.properties";
    }
    return login.server()
        + " rejected the password of "
        + login.user()
        + " from "
        + login.source()
        + "; see the path printed at the server's first start"
        + " ($NEXO_HOME/secret/operator.password). Use --password-file, or set"
        + " NEXO_PAIR_PASSWORD";
  }
}
