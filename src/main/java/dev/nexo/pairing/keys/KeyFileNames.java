package dev.nexo.pairing.keys;

import dev.nexo.pairing.platform.PrivateFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the files beside a key are called: {@code <name>.<fingerprint>.old} for one that was in use,
 * {@code <name>.<fingerprint>.new} for one that is to take its place.
 */
final class KeyFileNames {

  private static final String OLD = ".old";
  private static final String NEW = ".new";

  private final Path path;
  private final String beginning;
  private final Pattern sibling;
  private final Pattern unfinished;

  /** Those beside this key. */
  KeyFileNames(Path path) {
    this.path = path;
    this.beginning = path.getFileName() + ".";
    this.sibling = Pattern.compile(Pattern.quote(beginning) + "([0-9a-f]{64})(\\.old|\\.new)");
    this.unfinished =
        Pattern.compile(
            Pattern.quote(beginning)
                + "([0-9a-f]{64}(\\.old|\\.new)\\.)?[0-9]+"
                + Pattern.quote(PrivateFile.DRAFT));
  }

  /**
   * What a name says.
   *
   * @param fingerprint of the key that should be in the file
   * @param isDraft whether it is to take the place of the one in use
   */
  record Name(String fingerprint, boolean isDraft) {}

  /** What the name of a file says; empty where it is none of these. */
  Optional<Name> read(Path file) {
    Matcher name = sibling.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(new Name(name.group(1), name.group(2).equals(NEW)))
        : Optional.empty();
  }

  /** Whether a file may be one of these, or one half made. */
  boolean isBeside(Path file) {
    return file.getFileName().toString().startsWith(beginning);
  }

  /** Whether a file was being made and never got its name. */
  boolean isUnfinished(Path file) {
    return unfinished.matcher(file.getFileName().toString()).matches();
  }

  Path old(String fingerprint) {
    return path.resolveSibling(beginning + fingerprint + OLD);
  }

  Path draft(String fingerprint) {
    return path.resolveSibling(beginning + fingerprint + NEW);
  }
}
