package dev.nexo.pairing.keys;

/**
 * What is wrong with a key file.
 *
 * @param summary for everybody, in health: tells neither where the file lies nor which host made it
 * @param sentence for the operator, in the log: what is wrong and what to do, with the file's name;
 *     never a key
 */
public record KeyProblem(String summary, String sentence) {

  static final String MISSING = "missing";
  static final String NOT_A_KEY = "not 32 bytes";
  static final String OPEN = "open to other users";
  static final String UNREADABLE = "unreadable";
  static final String ANOTHER = "another key than the other servers";
  static final String REPLACED = "a key that was replaced";
  static final String NOT_IN_PLACE = "not put in its place";
}
