package dev.nexo.pairing.ws;

import java.nio.charset.MalformedInputException;

/**
 * Ends a loop in which Open Liberty reads one frame again and again.
 *
 * <p>The length of a frame must not be negative (RFC 6455, section 5.2). Open Liberty 26.0.0.5 does
 * not check it: such a frame makes it step back in its buffer and read the same frame forever, on a
 * server thread, even if the connection is closed. Two such frames would occupy a processor each. A
 * handler can end that loop in one way only: with the exception for invalid UTF-8, which the
 * handler interface does not declare.
 */
final class ReadLoop {

  private ReadLoop() {}

  /** Ends the loop if a connection that has ended still receives frames. */
  static void endAfter(PairConnection connection) {
    if (connection.isClosed()) {
      ReadLoop.<RuntimeException>raise(new MalformedInputException(1));
    }
  }

  @SuppressWarnings("unchecked") // the cast does not exist at run time
  private static <E extends Throwable> void raise(Throwable fault) throws E {
    throw (E) fault;
  }
}
