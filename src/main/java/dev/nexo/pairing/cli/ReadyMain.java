package dev.nexo.pairing.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Waits until the server of this machine is ready. Service managers and containers run this class,
 * because a machine may have no {@code curl}. The variables {@code HTTP_HOST} and {@code HTTP_PORT}
 * contain the address of the server. {@code MAINPID}, which systemd sets, is its process id.
 *
 * <p>Exit codes: 0 if the server is ready, 1 if it is not ready in time or has ended, 2 for a wrong
 * argument.
 */
public final class ReadyMain {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private ReadyMain() {}

  /**
   * Waits.
   *
   * @param arguments the longest time to wait, in seconds; with 0 it asks once
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, System.getenv()));
  }

  static int run(String[] arguments, Map<String, String> environment) throws InterruptedException {
    URI health;
    long deadline;
    try {
      deadline = System.nanoTime() + Duration.ofSeconds(seconds(arguments)).toNanos();
      health = health(environment);
    } catch (IllegalArgumentException e) {
      System.err.println("nexo-pairing: expected: ready <seconds, 0 to 3600>");
      return 2;
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_TIMEOUT).build();
    String last;
    while (true) {
      last = problem(http, health);
      if (last.isEmpty()) {
        return 0;
      }
      if (hasEnded(environment.getOrDefault("MAINPID", ""))) {
        System.err.println("nexo-pairing: The server has ended before it was ready");
        return 1;
      }
      if (System.nanoTime() - deadline >= 0) {
        System.err.println("nexo-pairing: " + health + " " + last);
        return 1;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private static boolean hasEnded(String process) {
    return process.matches("[0-9]{1,18}")
        && ProcessHandle.of(Long.parseLong(process)).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static int seconds(String[] arguments) {
    int seconds = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
    if (seconds < 0 || seconds > 3600) {
      throw new IllegalArgumentException("seconds");
    }
    return seconds;
  }

  /** A server that listens on all addresses is asked on the loopback address. */
  static URI health(Map<String, String> environment) {
    String host = environment.getOrDefault("HTTP_HOST", "");
    if (host.isBlank() || host.equals("*") || host.equals("0.0.0.0") || host.equals("::")) {
      host = "127.0.0.1";
    }
    if (host.contains(":") && !host.startsWith("[")) {
      host = "[" + host + "]";
    }
    String port = environment.getOrDefault("HTTP_PORT", "");
    return URI.create("http://" + host + ":" + (port.isBlank() ? "9080" : port) + "/health/ready");
  }

  /** Returns why the server is not ready, or an empty string. */
  private static String problem(HttpClient http, URI health) throws InterruptedException {
    try {
      int status =
          http.send(
                  HttpRequest.newBuilder(health).timeout(ANSWER_TIMEOUT).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return status == 200 ? "" : "answers " + status + ". The server is not ready";
    } catch (IOException e) {
      return "does not answer";
    }
  }
}
