package dev.nexo.pairing.broker;

import dev.nexo.pairing.internal.LogMessage;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Receives the events of one NATS connection. It keeps the last error for the one log line of an
 * outage; without a listener the library would print every attempt.
 */
final class NatsConnectionListener implements ErrorListener, ConnectionListener {

  private static final Logger LOG = System.getLogger(NatsConnectionListener.class.getName());

  private final java.util.function.Consumer<Connection> lost;
  private volatile String lastFault = "no answer";

  NatsConnectionListener(java.util.function.Consumer<Connection> lost) {
    this.lost = lost;
  }

  /** The last error in a few words, without secrets. */
  String lastFault() {
    return lastFault;
  }

  @Override
  public void connectionEvent(Connection connection, Events type) {
    if (type == Events.DISCONNECTED || type == Events.CLOSED) {
      lost.accept(connection);
    }
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    lastFault = error;
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
    lastFault = root.getClass().getSimpleName() + ": " + message;
    LOG.log(Level.DEBUG, "The connection to NATS: {0}", lastFault);
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    LogMessage.BUS_MESSAGES_LOST.log(LOG);
  }
}
