package dev.nexo.pairing.broker;

import dev.nexo.pairing.internal.LogMessage;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Receives the events of one NATS connection. It keeps the last error for the one log line of an
 * outage; without a listener the library would print every attempt.
 */
final class NatsConnectionListener implements ErrorListener, ConnectionListener {

  private static final Logger LOG = System.getLogger(NatsConnectionListener.class.getName());

  private static final Pattern UNPRINTABLE = Pattern.compile("[^!-~]");
  private static final int MAX_SHOWN = 100;

  private final BiConsumer<Connection, String> lost;
  private volatile String lastFault = "no answer";

  /** Whether the server itself gave the reason; the closed socket that follows says less. */
  private volatile boolean explained;

  private final AtomicBoolean headersRemoved = new AtomicBoolean();

  NatsConnectionListener(BiConsumer<Connection, String> lost) {
    this.lost = lost;
  }

  /** The last error in a few words, without secrets. */
  String lastFault() {
    return lastFault;
  }

  /**
   * Logs that a message has lost headers, for the first message of the connection.
   *
   * @param subject the message's subject
   */
  void headersRemoved(String subject) {
    if (!headersRemoved.getAndSet(true)) {
      String shown = UNPRINTABLE.matcher(subject).replaceAll("?");
      LogMessage.HEADERS_REMOVED.log(LOG, shown.substring(0, Math.min(shown.length(), MAX_SHOWN)));
    }
  }

  @Override
  public void connectionEvent(Connection connection, Events type) {
    if (type == Events.CONNECTED) {
      lastFault = "no reason given";
      explained = false;
    }
    if (type == Events.DISCONNECTED || type == Events.CLOSED) {
      lost.accept(connection, lastFault);
    }
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    // The server keeps the connection after such an error, so it never explains an outage.
    if (!error.contains("Permissions Violation")) {
      lastFault = error;
      explained = true;
    }
    LOG.log(Level.DEBUG, "NATS says: {0}", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception fault) {
    Throwable root = fault;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    // A message that contains a URL may contain its password.
    String message = String.valueOf(root.getMessage()).replaceAll("//\\S*@", "//");
    String reason = root.getClass().getSimpleName() + ": " + message;
    if (!explained) {
      lastFault = reason;
    }
    LOG.log(Level.DEBUG, "The connection to NATS: {0}", reason);
  }
}
