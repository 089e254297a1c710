package dev.nexo.pairing.ws;

/** A frame is none of the contract's. The message says why and repeats nothing of the frame. */
final class MalformedFrameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedFrameException(String why) {
    super(why);
  }
}
