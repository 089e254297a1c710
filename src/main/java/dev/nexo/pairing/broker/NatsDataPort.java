package dev.nexo.pairing.broker;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPort;
import java.io.IOException;

/**
 * The socket of a connection to NATS, which removes headers that the library cannot parse.
 *
 * <p>The NATS server does not check headers, so any publisher can send a value with non-ASCII
 * characters or a name with a space. The library (jnats 2.26.2, the newest release) then throws an
 * {@code IllegalArgumentException} on its reader thread, which it does not catch: the thread ends,
 * the status stays {@code CONNECTED}, and nothing is received until three pings have failed. This
 * class can be deleted when the library discards such a message instead.
 *
 * <p>Public with a public constructor, because the library creates an instance by its class name.
 * Used by one reader thread.
 */
public final class NatsDataPort extends SocketDataPort {

  private NatsHeaderFilter filter;

  /** Creates a port that is not connected. */
  public NatsDataPort() {
    // The library calls afterConstruct() before anything else.
  }

  @Override
  public void afterConstruct(Options options) {
    NatsConnectionListener events = (NatsConnectionListener) options.getErrorListener();
    // super.read, because the stream is another one after the upgrade to TLS.
    filter = new NatsHeaderFilter(super::read, events::headersRemoved);
  }

  @Override
  public int read(byte[] dst, int off, int len) throws IOException {
    return filter.read(dst, off, len);
  }
}
