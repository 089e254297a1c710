package dev.nexo.pairing.cli.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintStream;

/**
 * JSON for people and scripts: indented by two, empty lists and objects as {@code []} and {@code
 * {}}. Written as it comes, so that a list may be of any length. For one thread.
 */
public final class PrettyJson {

  private static final String INDENT = "  ";

  private final PrintStream out;

  public PrettyJson(PrintStream out) {
    this.out = out;
  }

  /** A whole document and the end of its line. */
  public void print(JsonValue value) {
    write(value, "\n");
    out.println();
  }

  /** An object of lists, whose rows are fetched only when it is their turn. */
  public static void lists(PrintStream out, Iterable<Named> lists) {
    PrettyJson json = new PrettyJson(out);
    String before = "{\n" + INDENT;
    for (Named list : lists) {
      out.print(before + "\"" + list.name() + "\": ");
      json.array(list.rows(), "\n" + INDENT);
      before = ",\n" + INDENT;
    }
    out.println("\n}");
  }

  /** A list under its name. */
  public record Named(String name, Iterable<? extends JsonValue> rows) {}

  private void write(JsonValue value, String newLine) {
    if (value instanceof JsonObject object) {
      object(object, newLine);
    } else if (value instanceof JsonArray array) {
      array(array, newLine);
    } else {
      out.print(value);
    }
  }

  private void object(JsonObject object, String newLine) {
    String before = "{" + newLine + INDENT;
    for (var member : object.entrySet()) {
      out.print(before);
      out.print(Json.PROVIDER.createValue(member.getKey()));
      out.print(": ");
      write(member.getValue(), newLine + INDENT);
      before = "," + newLine + INDENT;
    }
    out.print(object.isEmpty() ? "{}" : newLine + "}");
  }

  private void array(Iterable<? extends JsonValue> array, String newLine) {
    String before = "[" + newLine + INDENT;
    boolean empty = true;
    for (JsonValue value : array) {
      out.print(before);
      write(value, newLine + INDENT);
      before = "," + newLine + INDENT;
      empty = false;
    }
    out.print(empty ? "[]" : newLine + "]");
  }
}
