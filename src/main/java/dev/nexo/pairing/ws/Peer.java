package dev.nexo.pairing.ws;

import java.io.IOException;

/** The way to one peer. Called from one thread at a time, but for {@link #close}. */
interface Peer {

  /**
   * Sends a text frame.
   *
   * @throws IOException where the peer has gone
   */
  void send(String frame) throws IOException;

  /**
   * Sends an empty ping.
   *
   * @throws IOException where the peer has gone
   */
  void ping() throws IOException;

  /** Sends a close frame, and nothing from then on. May be called again and from any thread. */
  void close(int code, String reason);
}
