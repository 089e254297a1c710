package dev.nexo.pairing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.testing.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("TLS of outgoing connections")
@EnabledIf(
    value = "dev.nexo.pairing.testing.Certificates#available",
    disabledReason = "needs openssl")
class OutboundTlsTest {

  private static final String TRUSTED = "javax.net.ssl.trustStore";

  @TempDir Path directory;
  private SSLContext before;

  @BeforeEach
  void keepDefault() throws Exception {
    before = SSLContext.getDefault();
  }

  @AfterEach
  void restoreDefault() {
    SSLContext.setDefault(before);
    System.clearProperty(TRUSTED);
  }

  private Certificates authority(String name) throws IOException {
    Certificates authority = new Certificates(Files.createDirectory(directory.resolve(name)));
    authority.certificate("server", "IP:127.0.0.1", "rsa:2048");
    return authority;
  }

  private static void shakeHands(SSLContext context, int port) throws IOException {
    try (Socket socket =
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      ((SSLSocket) socket).startHandshake();
    }
  }

  @Test
  @DisplayName("Java's authorities are trusted, also if the container has its own default")
  void authorities() throws Exception {
    Certificates known = authority("known");
    SSLContext.setDefault(authority("container").context("server"));
    try (ServerSocket server =
        known
            .context("server")
            .getServerSocketFactory()
            .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread accepting =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                  } catch (IOException e) {
                    // The next handshake, or the end of the test.
                  }
                }
              });
      accepting.start();
      int port = server.getLocalPort();
      assertThatThrownBy(() -> shakeHands(OutboundTls.context(), port))
          .isInstanceOf(SSLException.class);
      System.setProperty(TRUSTED, known.trustStore().toString());
      shakeHands(OutboundTls.context(), port);
      assertThatThrownBy(() -> shakeHands(SSLContext.getDefault(), port))
          .isInstanceOf(SSLException.class);
      assertThat(accepting.isAlive()).isTrue();
    }
  }
}
