package dev.nexo.pairing.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The server's operator API, one method for each kind of call; paths are below {@code /api/v1}.
 * Every failure is a {@link CommandException} of one line. For one thread.
 */
public final class Api {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** The longest silence in a stream: three times the interval of the server's heartbeats. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final Login login;
  private final Exchange exchange;
  private Instant serverTime;

  /** Creates a client for the server of a login. */
  public Api(Login login) {
    this.login = login;
    Map<String, String> headers =
        new HashMap<>(Map.of("User-Agent", "nexo-pair", "X-Pairing-Surface", "cli"));
    if (login.authorization() != null) {
      headers.put("Authorization", login.authorization());
    }
    exchange = new Exchange(headers, CONNECT, ANSWER);
  }

  /** Returns the server and the user. */
  public Login login() {
    return login;
  }

  /**
   * Gets a JSON object.
   *
   * @param member a member that every such response of the application has; another web server may
   *     send JSON, too
   * @throws ServerException if the server refuses or fails
   * @throws CommandException if it cannot be reached, or is not nexo-pairing
   */
  public JsonObject get(Query query, String member) {
    return json(send("GET", query.toString(), null, null), member);
  }

  /**
   * Gets a list of a JSON object.
   *
   * @throws CommandException as in {@link #get}, or if the object has no such list
   */
  public JsonArray list(Query query, String name) {
    return list(get(query, name), name);
  }

  /** Returns a list of a response, which may be another web server's. */
  JsonArray list(JsonObject answer, String name) {
    if (answer.get(name) instanceof JsonArray list) {
      return list;
    }
    throw missing(name);
  }

  private CommandException missing(String member) {
    return new CommandException(
        ServerException.notRunning(login, "no " + member + " in the answer"));
  }

  /**
   * Posts a JSON object.
   *
   * @param member a member that every such response of the application has, so that no answer of
   *     another web server looks like a change that was made
   * @throws CommandException as in {@link #get}
   */
  public JsonObject post(String path, JsonObject body, String member) {
    return json(send("POST", path, "application/json", body.toString().getBytes(UTF_8)), member);
  }

  /**
   * Posts lines of JSON ({@code application/x-ndjson}).
   *
   * @param member as in {@link #post}
   * @throws CommandException as in {@link #get}
   */
  public JsonObject postLines(Query query, byte[] lines, String member) {
    return json(send("POST", query.toString(), "application/x-ndjson", lines), member);
  }

  /**
   * Deletes the resource at a path.
   *
   * @throws CommandException as in {@link #get}
   */
  public void delete(String path) {
    Exchange.Answer answer = send("DELETE", path, null, null);
    checkStatus(answer);
    if (answer.status() != 204) {
      throw new CommandException(
          ServerException.notRunning(login, "status " + answer.status() + " instead of 204"));
    }
  }

  /**
   * Opens the stream of events.
   *
   * @param lastId the event after which it continues; null for the next event
   * @throws CommandException as in {@link #get}
   */
  EventConnection events(String lastId) {
    URI uri = URI.create(login.server() + "/api/v1/events");
    try {
      Exchange.Stream stream = exchange.stream(uri, lastId, SILENCE);
      checkStatus(stream.answer());
      String type = stream.answer().header("Content-Type");
      if (type == null || !type.startsWith("text/event-stream")) {
        stream.close();
        throw new CommandException(ServerException.notRunning(login, "the answer has no events"));
      }
      return new EventConnection(stream.in(), stream);
    } catch (IOException e) {
      throw unanswered(e);
    }
  }

  /** Returns the server's time in the last response, in whole seconds; null if it sent none. */
  public Instant serverTime() {
    return serverTime;
  }

  private Exchange.Answer send(String method, String path, String type, byte[] body) {
    Exchange.Answer answer;
    try {
      answer = exchange.send(method, URI.create(login.server() + "/api/v1" + path), type, body);
    } catch (IOException e) {
      throw unanswered(e);
    }
    if (answer.body().length > Exchange.MAX_ANSWER) {
      throw new CommandException(
          login.server() + " sent more than 10 MB; check --server or NEXO_PAIR_SERVER");
    }
    return answer;
  }

  private CommandException unanswered(IOException e) {
    return e instanceof SocketTimeoutException
        ? new CommandException(
            login.server() + " did not answer in time; check the server's log", e)
        : new CommandException(
            login.server()
                + " cannot be reached ("
                + Exchange.reason(e)
                + "); start the server (bin/nexo-pairing), or set its address with --server or"
                + " NEXO_PAIR_SERVER",
            e);
  }

  private JsonObject json(Exchange.Answer answer, String member) {
    serverTime = answer.date().orElse(null);
    checkStatus(answer);
    JsonObject json =
        Json.read(answer.body())
            .orElseThrow(
                () ->
                    new CommandException(
                        ServerException.notRunning(login, "the answer is not JSON")));
    if (!json.containsKey(member)) {
      throw missing(member);
    }
    return json;
  }

  private void checkStatus(Exchange.Answer answer) {
    if (answer.status() >= 300) {
      throw ServerException.of(login, answer);
    }
  }
}
