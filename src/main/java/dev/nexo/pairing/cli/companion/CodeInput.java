package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.qr.QrReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a setup code comes from: an argument, a file, a picture, standard input. */
final class CodeInput {

  private CodeInput() {}

  /**
   * The code in a file: a PNG's QR code, else the file's text.
   *
   * @throws CommandException where it cannot be read, or holds none
   */
  static String file(Path path) {
    byte[] bytes = bytes(path);
    return QrReader.isPng(bytes) ? picture(path, bytes) : text(path.toString(), bytes);
  }

  /**
   * The code on a picture.
   *
   * @throws CommandException where it cannot be read, is no PNG, or shows none
   */
  static String png(Path path) {
    return picture(path, bytes(path));
  }

  private static byte[] bytes(Path path) {
    // A pipe that nobody writes to would never end.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new CommandException(
          path + " is no file; name a PNG with the QR code, or a file with its text");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(QrReader.MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new CommandException(path + " does not exist", e);
    } catch (IOException e) {
      throw new CommandException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The code on standard input, pasted or piped: a PNG to its end, else the first line that is not
   * blank, so that nobody has to type what ends the input.
   *
   * @throws CommandException where there is none
   */
  static String standardInput(InputStream in) {
    try {
      byte[] start = firstLine(in);
      if (isPngStart(start)) {
        byte[] rest = in.readNBytes(QrReader.MAX_BYTES + 1 - start.length);
        byte[] all = java.util.Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return picture(Path.of("-"), all);
      }
      return text("Standard input", start);
    } catch (IOException e) {
      throw new CommandException("Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /** A PNG's signature has a line's end in it (W3C PNG, section 5.2): its first line is this. */
  private static boolean isPngStart(byte[] line) {
    return line.length == 6 && (line[0] & 0xff) == 0x89 && line[1] == 'P' && line[2] == 'N';
  }

  /** The first line that is not blank, with its end, or all there is; bounded. */
  private static byte[] firstLine(InputStream in) throws IOException {
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
    boolean blank = true;
    for (int b = in.read(); b >= 0 && line.size() <= SetupCodes.MAX_LENGTH; b = in.read()) {
      line.write(b);
      blank &= b <= ' ';
      if (b == '\n' && !blank) {
        return line.toByteArray();
      }
    }
    return line.toByteArray();
  }

  private static String picture(Path path, byte[] png) {
    try {
      return QrReader.read(png);
    } catch (IllegalArgumentException e) {
      throw new CommandException(path + ": " + e.getMessage(), e);
    }
  }

  private static String text(String from, byte[] bytes) {
    if (bytes.length > SetupCodes.MAX_LENGTH) {
      throw new CommandException(from + " holds more than a setup code, and is no PNG picture");
    }
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new CommandException(
          from + " is empty; give the setup code as text or as a PNG with its QR code");
    }
    return text;
  }
}
