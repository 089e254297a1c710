package dev.nexo.pairing.config;

import java.util.List;
import java.util.regex.Pattern;

/** Which texts are NATS subjects that other subjects can be put under. */
final class SubjectRules {

  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /** Far from any server's limit, with room for a channel and an account behind it. */
  private static final int MAX_LENGTH = 200;

  private static final List<String> TAKEN =
      List.of("plugin.inbound", "plugin.outbound", "pairing.inbound");

  private SubjectRules() {}

  static boolean isSubject(String text) {
    return text.length() <= MAX_LENGTH && SUBJECT.matcher(text).matches();
  }

  /**
   * A subject under which admitted messages cannot come back into the gate or go out to a channel:
   * neither one of those this module uses, nor below one, nor the one above ({@code plugin} with a
   * channel named {@code inbound}).
   */
  static boolean isForwardPrefix(String text) {
    return isSubject(text)
        && TAKEN.stream()
            .noneMatch(
                taken -> (text + ".").startsWith(taken + ".") || taken.startsWith(text + "."));
  }
}
