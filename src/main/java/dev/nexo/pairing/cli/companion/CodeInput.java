package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.CopiedText;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.qr.ImageType;
import dev.nexo.pairing.qr.QrReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a setup code from a file, an image or standard input, and folds away what programs put
 * around it when people copy it.
 */
final class CodeInput {

  /** What mail programs put in front of each line of a quoted message. */
  private static final Pattern QUOTED_LINES = Pattern.compile("(?m)^[\\s>]+");

  private CodeInput() {}

  /**
   * Reads the code in a file: the QR code of an image, or the content of any other file.
   *
   * @throws CommandException if it cannot be read, or contains no code
   */
  static String file(Path path) {
    return content(path.toString(), bytes(path));
  }

  /**
   * Reads the code in an image.
   *
   * @throws CommandException if it cannot be read, is neither PNG nor JPEG, or shows no QR code
   */
  static String image(Path path) {
    return picture(path.toString(), bytes(path));
  }

  private static byte[] bytes(Path path) {
    // Reading a pipe without a writer would never end.
    if (FileAccess.exists(path) && !Files.isRegularFile(path)) {
      throw new CommandException(
          path + " is not a file; name an image with the QR code, or a file with the code");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(QrReader.MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new CommandException(path + " does not exist", e);
    } catch (IOException e) {
      throw new CommandException(path + " cannot be read: " + FileAccess.reason(e), e);
    }
  }

  /**
   * Reads the code on standard input: a whole image, or lines of text up to the first complete
   * code, so that the user need not end the input.
   *
   * @throws CommandException if there is none
   */
  static String standardInput(InputStream in) {
    try {
      byte[] start = firstLine(in);
      if (isBinary(start)) {
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), in);
        return content("Standard input", all.readNBytes(QrReader.MAX_BYTES + 1));
      }
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      text.writeBytes(start);
      // A mail program may have broken the code into lines, which arrive together.
      while (text.size() <= SetupCodes.MAX_LENGTH && !isCode(text) && in.available() > 0) {
        text.writeBytes(firstLine(in));
      }
      return content("Standard input", isCode(start) ? start : text.toByteArray());
    } catch (IOException e) {
      throw new CommandException("Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isCode(ByteArrayOutputStream text) {
    return isCode(text.toByteArray());
  }

  private static boolean isCode(byte[] text) {
    try {
      SetupCodes.decode(folded(CopiedText.decode(text)));
      return true;
    } catch (InvalidValueException e) {
      return false;
    }
  }

  /** Returns whether a line is the start of an image or of another file that is no text. */
  private static boolean isBinary(byte[] line) {
    return ImageType.of(line).isPresent()
        || CopiedText.decode(line)
            .chars()
            .anyMatch(c -> c == '\ufffd' || c < ' ' && !Character.isWhitespace(c));
  }

  /** Reads the first line that is not blank, with its end, or the whole bounded input. */
  private static byte[] firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean blank = true;
    for (int b = in.read(); b >= 0 && line.size() <= SetupCodes.MAX_LENGTH; b = in.read()) {
      line.write(b);
      blank &= b <= ' ';
      if (b == '\n' && !blank) {
        break;
      }
    }
    return line.toByteArray();
  }

  private static String content(String from, byte[] bytes) {
    return ImageType.of(bytes).isPresent() ? picture(from, bytes) : text(from, bytes);
  }

  private static String picture(String from, byte[] image) {
    Optional<ImageType> type = ImageType.of(image);
    if (type.filter(ImageType::isReadable).isEmpty()) {
      throw new CommandException(
          from
              + " is "
              + type.map(ImageType::description).orElse("no image")
              + "; save the QR code as PNG or JPEG, or give the setup code as text");
    }
    try {
      return QrReader.read(image);
    } catch (IllegalArgumentException e) {
      throw new CommandException(from + ": " + e.getMessage(), e);
    }
  }

  private static String text(String from, byte[] bytes) {
    if (isBinary(bytes)) {
      throw new CommandException(
          from
              + " is neither text nor a PNG or JPEG image; save the QR code as PNG or JPEG, or give"
              + " the setup code as text");
    }
    String text = folded(CopiedText.decode(bytes));
    if (text.length() > SetupCodes.MAX_LENGTH) {
      throw new CommandException(
          from + " is too long for a setup code, and is neither a PNG nor a JPEG image");
    }
    if (text.isEmpty()) {
      throw new CommandException(
          from + " is empty; give the setup code as text, or an image with its QR code");
    }
    return text;
  }

  /**
   * Returns a code without what {@link CopiedText#code} removes, and without the signs that mail
   * programs put in front of quoted lines.
   */
  static String folded(String text) {
    return CopiedText.code(QUOTED_LINES.matcher(text).replaceAll(""));
  }
}
