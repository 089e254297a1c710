package dev.nexo.pairing.cli.command;

import java.util.Iterator;
import java.util.List;

/** The words that shells complete as values of options and parameters. */
abstract class KnownWords implements Iterable<String> {

  private final List<String> words;

  private KnownWords(String... words) {
    this.words = List.of(words);
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }

  /** The values of {@code --role}. */
  static final class Roles extends KnownWords {
    Roles() {
      super("owner", "member", "guest");
    }
  }

  /** The values of {@code --members}. */
  static final class Members extends KnownWords {
    Members() {
      super("all", "approved");
    }
  }

  /** The actions of {@code dropped}. */
  static final class Actions extends KnownWords {
    Actions() {
      super("list", "approve", "deny", "block");
    }
  }
}
