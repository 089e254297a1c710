package dev.nexo.pairing.cli.importer;

import java.util.regex.Pattern;

/**
 * WhatsApp senders of systems that keep their digits alone. Behind them may be a phone number or a
 * LID, which is none; read as the wrong one, somebody else would be admitted.
 */
final class PhoneDigits {

  /** Longer than nearly every phone number (ITU-T E.164 ends at 15), and as long as LIDs are. */
  private static final Pattern DOUBTFUL = Pattern.compile("[0-9]{14,}");

  /** Why they are not taken. */
  static final String REASON =
      "so many digits may be a LID as well as a phone number; seed it as <digits>@lid or +<digits>";

  private PhoneDigits() {}

  /** Whether nobody can tell what these are. */
  static boolean isDoubtful(String channel, String sender) {
    return channel.equals("whatsapp") && DOUBTFUL.matcher(sender).matches();
  }
}
