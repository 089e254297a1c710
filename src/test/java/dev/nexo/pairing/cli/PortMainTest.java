package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Check of the server's port")
class PortMainTest {

  @Test
  @DisplayName("A free port is accepted, on one address and on every address")
  void free() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Map<String, String> environment = Map.of("HTTP_PORT", Integer.toString(port));
    assertThat(PortMain.problem(environment)).isEmpty();
    for (String host : new String[] {"", "*", "0.0.0.0", "localhost", "127.0.0.1"}) {
      assertThat(PortMain.problem(Map.of("HTTP_PORT", Integer.toString(port), "HTTP_HOST", host)))
          .as(host)
          .isEmpty();
    }
  }

  @Test
  @DisplayName("A port in use is refused with the name of the variable that changes it")
  void inUse() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(PortMain.problem(Map.of("HTTP_PORT", Integer.toString(socket.getLocalPort()))))
          .startsWith("The server cannot listen on port " + socket.getLocalPort() + " of 127.0.0.1")
          .contains("HTTP_PORT=9081");
    }
  }

  @Test
  @DisplayName("A port that is off is not checked, and the port of TLS is")
  void tls() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String used = Integer.toString(socket.getLocalPort());
      assertThat(PortMain.problem(Map.of("HTTP_PORT", "-1"))).isEmpty();
      assertThat(PortMain.problem(Map.of("HTTP_PORT", "-1", "HTTPS_PORT", used)))
          .contains("cannot listen on port " + used, "HTTPS_PORT=9081");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "abc, '', HTTP_PORT must be a number",
    "0, '', HTTP_PORT must be a number",
    "65536, '', HTTP_PORT must be a number",
    "-2, '', HTTP_PORT must be a number",
    "9081, no.such.host.invalid, no address of this machine",
    "9081, 192.0.2.1, The server cannot listen on port 9081 of 192.0.2.1"
  })
  @DisplayName("What cannot be listened on is named")
  void invalid(String port, String host, String expected) {
    assertThat(PortMain.problem(Map.of("HTTP_PORT", port, "HTTP_HOST", host))).contains(expected);
  }
}
