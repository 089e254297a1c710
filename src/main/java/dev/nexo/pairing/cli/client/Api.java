package dev.nexo.pairing.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * The server's HTTP contract, for all commands: one call a method, paths below {@code /api/v1}.
 * Every fault is a {@link CommandException} with its one line. For one thread.
 */
public final class Api {

  private final Login login;
  private final Exchange exchange;
  private Instant serverTime;

  /** Calls the server of that login. */
  public Api(Login login) {
    this(login, Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  Api(Login login, Duration connect, Duration answer) {
    this.login = login;
    exchange = new Exchange(login, connect, answer);
  }

  /** Whom it calls, and as whom. */
  public Login login() {
    return login;
  }

  /**
   * Gets an object.
   *
   * @throws ServerException where the server refuses or fails
   * @throws CommandException where it cannot be reached or is none of ours
   */
  public JsonObject get(Query query) {
    return json(exchange.send("GET", query.toString(), null, null));
  }

  /** Posts an object, with the same faults as {@link #get}; null posts nothing. */
  public JsonObject post(String path, JsonObject body) {
    byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(UTF_8);
    return json(exchange.send("POST", path, "application/json", bytes));
  }

  /** Posts lines of JSON ({@code application/x-ndjson}), with the same faults as {@link #get}. */
  public JsonObject postLines(Query query, byte[] lines) {
    return json(exchange.send("POST", query.toString(), "application/x-ndjson", lines));
  }

  /** Deletes what is at a path, with the same faults as {@link #get}. */
  public void delete(String path) {
    Exchange.Answer answer = exchange.send("DELETE", path, null, null);
    if (answer.status() >= 300) {
      throw ProblemText.fault(login, answer);
    }
  }

  /** What the server's clock showed at the last answer, to a second; null where it did not say. */
  public Instant serverTime() {
    return serverTime;
  }

  private JsonObject json(Exchange.Answer answer) {
    serverTime = time(answer.date());
    if (answer.status() >= 300) {
      throw ProblemText.fault(login, answer);
    }
    try {
      return Json.read(answer.body());
    } catch (JsonException e) {
      throw new CommandException(
          login.server()
              + " answers, but not as nexo-pairing does; check --server or NEXO_PAIR_SERVER",
          e);
    }
  }

  private static Instant time(String date) {
    try {
      return date == null
          ? null
          : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
