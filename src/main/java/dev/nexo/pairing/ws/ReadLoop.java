package dev.nexo.pairing.ws;

import java.nio.charset.MalformedInputException;

/**
 * The way out of a container that reads one frame over and over.
 *
 * <p>The length of a frame may not be negative (RFC 6455, section 5.2). Open Liberty 26.0.0.5 does
 * not look: such a frame makes it step back in its buffer and read the same frame again, for ever,
 * on a thread of the server's, the connection being closed or not. Two frames of a stranger's would
 * cost a processor each time. Of what a handler can do, only one thing ends that loop: the
 * exception for text that is no UTF-8, which the interface of handlers does not declare.
 */
final class ReadLoop {

  private ReadLoop() {}

  /** Ends the loop where a connection still brings frames after its end. */
  static void leaveAfter(PairConnection conversation) {
    if (conversation.isClosed()) {
      ReadLoop.<RuntimeException>raise(new MalformedInputException(1));
    }
  }

  @SuppressWarnings("unchecked") // there is no cast at run time: the compiler alone is told so
  private static <E extends Throwable> void raise(Throwable fault) throws E {
    throw (E) fault;
  }
}
