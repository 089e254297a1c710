package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.SenderKey;

/**
 * The target of a notice to an owner, in the outbox: whether it is sent under the account's name,
 * the secret of its buttons, and the owner, with spaces between them.
 */
final class NoticeTarget {

  private static final String NAMED = "named ";
  private static final String UNNAMED = "unnamed ";

  private NoticeTarget() {}

  static String of(SenderKey owner, boolean named, String secret) {
    return (named ? NAMED : UNNAMED) + secret + ' ' + owner;
  }

  static boolean isNamed(String target) {
    return target.startsWith(NAMED);
  }

  static String secretIn(String target) {
    return target.split(" ", 3)[1];
  }
}
