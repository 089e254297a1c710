package dev.nexo.pairing.codec;

/**
 * A string is malformed. The message never contains the string. There is no stack trace, because
 * strangers can cause any number of these exceptions.
 */
final class MalformedValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a reason that follows "must be a valid …: " in messages. */
  MalformedValueException(String reason) {
    super(reason, null, false, false);
  }
}
