package dev.nexo.pairing.message;

/** Writes the parts of a text in the markup of a channel. */
public interface TextFormat {

  /** Writes everything as it is. */
  TextFormat PLAIN =
      new TextFormat() {
        @Override
        public String text(String plain) {
          return plain;
        }

        @Override
        public String command(String plain) {
          return plain;
        }
      };

  /** Returns plain text in the markup of the channel. */
  String text(String plain);

  /** Returns a command, or a code to be copied, in the markup of the channel. */
  String command(String plain);
}
