package dev.nexo.pairing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.cli.terminal.CliContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Runs commands against a fake server, so that Java can record the classes they need ({@code
 * -XX:DumpLoadedClassList}). The script runs it once for each version of the jar and of Java.
 */
public final class ClassListWarmup {

  private static final String ROW =
      "{\"code\":\"K7M3XQ9P\",\"channel\":\"whatsapp\",\"account_id\":\"default\","
          + "\"sender_id\":\"+15550001111\",\"created_at\":\"2026-04-25T13:21:00Z\"}";

  private static final String BODY =
      "{\"pending\":[" + ROW + "],\"allow\":[" + ROW + "],\"channel\":\"whatsapp\"}";

  private ClassListWarmup() {}

  /**
   * Runs the commands.
   *
   * @throws IOException if no local port can be opened
   */
  public static void main(String[] arguments) throws IOException {
    CliContext.ofProcess();
    try (ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server), "server");
      thread.setDaemon(true);
      thread.start();
      CliContext around = around(server.getLocalPort());
      for (String line :
          List.of(
              "--version",
              "list --all",
              "list --all --json",
              "approve K7M3XQ9P",
              "list --help",
              "list --no-such")) {
        new Commands(around).run(line.split(" "));
      }
    }
  }

  private static CliContext around(int port) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    Path home = Path.of(System.getProperty("java.io.tmpdir"), "nexo-pair-warmup");
    Map<String, String> environment =
        Map.of("NEXO_PAIR_SERVER", "http://127.0.0.1:" + port, "NEXO_PAIR_PASSWORD", "none");
    return new CliContext(
        environment,
        home,
        InputStream.nullInputStream(),
        nowhere,
        nowhere,
        false,
        false,
        Clock.systemUTC());
  }

  private static void serve(ServerSocket server) {
    byte[] answer =
        ("HTTP/1.1 200 OK\r\nDate: Sat, 25 Apr 2026 13:21:00 GMT\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: "
                + BODY.length()
                + "\r\n\r\n"
                + BODY)
            .getBytes(UTF_8);
    while (!server.isClosed()) {
      try (Socket caller = server.accept()) {
        caller.getInputStream().read(new byte[8 * 1024]);
        caller.getOutputStream().write(answer);
      } catch (IOException e) {
        // The caller has closed the connection, or the warm-up has ended.
      }
    }
  }
}
