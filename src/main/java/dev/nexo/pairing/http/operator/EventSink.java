package dev.nexo.pairing.http.operator;

/**
 * The way to one listener of {@code GET /events}. Thread-safe; no method waits for the listener.
 */
interface EventSink {

  /**
   * Sends a frame (WHATWG HTML, section 9.2.6), behind those that still wait. A listener that does
   * not keep up is cut off instead.
   *
   * @param frame whole, with the empty line at its end
   */
  void send(String frame);

  /** Ends the stream behind what still waits; where it is called again, at once. */
  void end();
}
