package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.qr.QrReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a setup code from a file, an image or standard input. */
final class CodeInput {

  private CodeInput() {}

  /**
   * Reads the code in a file: the QR code of a PNG, or the content of any other file.
   *
   * @throws CommandException if it cannot be read, or contains no code
   */
  static String file(Path path) {
    byte[] bytes = bytes(path);
    return QrReader.isPng(bytes) ? picture(path.toString(), bytes) : text(path.toString(), bytes);
  }

  /**
   * Reads the code in an image.
   *
   * @throws CommandException if it cannot be read, is no PNG, or shows no QR code
   */
  static String png(Path path) {
    return picture(path.toString(), bytes(path));
  }

  private static byte[] bytes(Path path) {
    // Reading a pipe without a writer would never end.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new CommandException(
          path + " is not a file; name a PNG with the QR code, or a file with the code");
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
   * Reads the code on standard input: a whole PNG, or the first line that is not blank, so that the
   * user need not end the input.
   *
   * @throws CommandException if there is none
   */
  static String standardInput(InputStream in) {
    try {
      byte[] start = firstLine(in);
      if (isPngStart(start)) {
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), in);
        return picture("-", all.readNBytes(QrReader.MAX_BYTES + 1));
      }
      return text("Standard input", start);
    } catch (IOException e) {
      throw new CommandException("Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns whether this is the first line of a PNG: its signature contains a line end. */
  private static boolean isPngStart(byte[] line) {
    return line.length == 6 && (line[0] & 0xff) == 0x89 && line[1] == 'P' && line[2] == 'N';
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

  private static String picture(String from, byte[] png) {
    try {
      return QrReader.read(png);
    } catch (IllegalArgumentException e) {
      throw new CommandException(from + ": " + e.getMessage(), e);
    }
  }

  private static String text(String from, byte[] bytes) {
    if (bytes.length > SetupCodes.MAX_LENGTH) {
      throw new CommandException(from + " is too long for a setup code and is not a PNG image");
    }
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new CommandException(
          from + " is empty; give the setup code as text, or a PNG with its QR code");
    }
    return text;
  }
}
