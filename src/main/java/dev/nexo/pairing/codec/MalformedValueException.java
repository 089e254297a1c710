package dev.nexo.pairing.codec;

/**
 * A text is not what it should be. The one thing reading throws here, whatever it is given.
 *
 * <p>Has a reason, which never repeats the text, and no stack trace: strangers cause it as often as
 * they like, and nobody looks where.
 */
final class MalformedValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The reason is to be read after "must be … :". */
  MalformedValueException(String reason) {
    super(reason, null, false, false);
  }
}
