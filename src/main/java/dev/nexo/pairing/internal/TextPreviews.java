package dev.nexo.pairing.internal;

import dev.nexo.pairing.ChannelAccount;
import java.util.List;

/** Shows operators the messages that senders get. Thread-safe. */
public interface TextPreviews {

  /**
   * A message with sample values, without the markup of the channel.
   *
   * @param kind the name of the text, for example {@code challenge}
   * @param text what a sender reads
   * @param language its language, which is another one if there is no text in the language asked
   *     for
   * @param configured whether the text is configured, rather than a standard text
   */
  record Preview(String kind, String text, String language, boolean configured) {}

  /** Returns the language of senders whose own is not known. */
  String language();

  /** Returns the languages that have texts, as primary subtags of BCP 47. */
  List<String> languages();

  /**
   * Returns the messages in a language, in the order in which a sender gets them. The code alone is
   * left out if it is not sent.
   *
   * @param language one of {@link #languages}
   */
  List<Preview> previews(ChannelAccount account, String language);
}
