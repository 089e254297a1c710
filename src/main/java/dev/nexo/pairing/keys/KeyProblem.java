package dev.nexo.pairing.keys;

/**
 * A problem with a key file.
 *
 * @param summary for the public health report: names neither a path nor a host
 * @param sentence for the operator: names the file and the remedy; never contains a key
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
