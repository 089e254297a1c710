package dev.nexo.pairing.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Checks, before the server starts, that the server can listen at its address. The server itself
 * reports this error only after some seconds, and continues although it is not reachable. The
 * variables {@code HTTP_HOST}, {@code HTTP_PORT} and {@code HTTPS_PORT} contain the address; the
 * port -1 turns a listener off.
 *
 * <p>Exit codes: 0 if the server can listen there, 1 if not.
 */
public final class PortMain {

  private static final String EVERY_ADDRESS = "*";
  private static final String OFF = "-1";
  private static final int MAX_PORT = 65_535;

  private PortMain() {}

  /**
   * Checks the address, and prints on standard error what is wrong with it.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    String problem = problem(System.getenv());
    if (!problem.isEmpty()) {
      System.err.println("nexo-pairing: " + problem);
      System.exit(1);
    }
  }

  /** Returns why the server cannot listen at its address; empty if it can. */
  static String problem(Map<String, String> environment) {
    String problem = problem(environment, "HTTP_PORT", "9080");
    return problem.isEmpty() ? problem(environment, "HTTPS_PORT", OFF) : problem;
  }

  private static String problem(Map<String, String> environment, String name, String standard) {
    String port = value(environment, name, standard);
    if (port.equals(OFF)) {
      return "";
    }
    int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    if (number < 1 || number > MAX_PORT) {
      return name + " must be a number from 1 to " + MAX_PORT + ", not \"" + port + "\"";
    }
    String host = value(environment, "HTTP_HOST", "127.0.0.1");
    InetSocketAddress address =
        host.equals(EVERY_ADDRESS)
            ? new InetSocketAddress(number)
            : new InetSocketAddress(host, number);
    if (address.isUnresolved()) {
      return "HTTP_HOST is \"" + host + "\", which is no address of this machine";
    }
    try (ServerSocket socket = new ServerSocket()) {
      // The server sets this too. Connections that were just closed then do not occupy the port.
      socket.setReuseAddress(true);
      socket.bind(address);
      return "";
    } catch (IOException e) {
      return "The server cannot listen on port %s of %s (%s). Stop the program that uses the port, or choose another, for example %s=9081"
          .formatted(port, host, e.getMessage(), name);
    }
  }

  private static String value(Map<String, String> environment, String name, String standard) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? standard : value;
  }
}
