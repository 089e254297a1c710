package dev.nexo.pairing.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.LogCapture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("NATS reader executor")
class NatsReaderExecutorTest {

  @ParameterizedTest
  @ValueSource(strings = {"INFO {broken\r\n", "HMSG s 1 9 8\r\n", "MSG s 1 -1\r\n", "X\r\n"})
  @DisplayName("A reader that fails costs one second, and the log has the reason")
  void failure(String poison) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LogCapture log = LogCapture.of("dev.nexo.pairing.broker")) {
      BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();
      Thread thread = new Thread(() -> serve(server, connections));
      thread.setDaemon(true);
      thread.start();
      try (ChannelWorld world =
          ChannelWorld.builder().nats("nats://127.0.0.1:" + server.getLocalPort()).start()) {
        Broker broker = world.get(Broker.class);
        await().until(() -> broker.state() == BrokerState.CONNECTED);
        connections.take().getOutputStream().write(poison.getBytes(UTF_8));
        await()
            .atMost(Duration.ofSeconds(8))
            .until(() -> broker.connections() == 2 && broker.state() == BrokerState.CONNECTED);
        assertThat(log.lines("NXP-0032")).isEqualTo(1);
      }
    }
  }

  /** Answers the handshake of each connection, and nothing else. */
  private static void serve(ServerSocket server, Queue<Socket> connections) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.getOutputStream().write("INFO {\"max_payload\":1000}\r\n".getBytes(UTF_8));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String line;
        do {
          line = in.readLine();
        } while (line != null && !line.equals("PING"));
        socket.getOutputStream().write("PONG\r\n".getBytes(UTF_8));
        connections.add(socket);
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }
}
