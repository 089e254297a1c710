package dev.nexo.pairing.cli.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints JSON for people and scripts, indented by two spaces; the JSON provider indents by four and
 * splits empty lists. Prints each value immediately, so that a list may have any length. For one
 * thread.
 */
public final class PrettyJson {

  private static final String INDENT = "  ";

  private final PrintStream out;

  public PrettyJson(PrintStream out) {
    this.out = out;
  }

  /** Prints a document and a line end. */
  public void print(JsonValue value) {
    write(value, "\n");
    out.println();
  }

  /** Prints an object with some of the strings of another object, if they exist. */
  public void print(JsonObject object, String... names) {
    JsonObjectBuilder shown = Json.object();
    for (String name : names) {
      Json.add(shown, name, Json.text(object, name));
    }
    print(shown.build());
  }

  /** Prints an object of lists, and fetches each row only when it is printed. */
  public void print(Map<String, Iterator<JsonObject>> lists) {
    String before = "{\n" + INDENT;
    for (var list : new TreeMap<>(lists).entrySet()) {
      out.print(before + "\"" + list.getKey() + "\": ");
      array(list.getValue(), "\n" + INDENT);
      before = ",\n" + INDENT;
    }
    out.println("\n}");
  }

  private void write(JsonValue value, String newLine) {
    if (value instanceof JsonObject object) {
      object(object, newLine);
    } else if (value instanceof JsonArray array) {
      array(array.iterator(), newLine);
    } else {
      out.print(Json.line(value));
    }
  }

  private void object(JsonObject object, String newLine) {
    String before = "{" + newLine + INDENT;
    for (var member : new TreeMap<>(object).entrySet()) {
      out.print(before);
      out.print(Json.line(Json.PROVIDER.createValue(member.getKey())));
      out.print(": ");
      write(member.getValue(), newLine + INDENT);
      before = "," + newLine + INDENT;
    }
    out.print(object.isEmpty() ? "{}" : newLine + "}");
  }

  private void array(Iterator<? extends JsonValue> array, String newLine) {
    String before = "[" + newLine + INDENT;
    boolean empty = !array.hasNext();
    while (array.hasNext()) {
      out.print(before);
      write(array.next(), newLine + INDENT);
      before = "," + newLine + INDENT;
    }
    out.print(empty ? "[]" : newLine + "]");
  }
}
