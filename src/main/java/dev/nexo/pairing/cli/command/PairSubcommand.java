package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PagedRows;
import dev.nexo.pairing.cli.client.PrettyJson;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Table;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * A command of {@code nexo-pair}, with a public constructor without parameters. {@code call}
 * returns the exit code, and throws {@link CommandException} if the command fails.
 */
@Command
public abstract class PairSubcommand implements Callable<Integer> {

  /** The exit code of success. */
  protected static final int DONE = 0;

  /** The exit code of failure. */
  protected static final int FAILED = 1;

  @ParentCommand private PairCommand pair;

  /** Returns the server's API. The first call resolves the credentials. */
  protected final Api api() {
    return pair.api();
  }

  /** Returns the environment of the command. */
  protected final CliContext around() {
    return pair.around();
  }

  /** Returns standard output. */
  protected final PrintStream out() {
    return pair.around().out();
  }

  /** Returns standard error. */
  protected final PrintStream err() {
    return pair.around().err();
  }

  /** Returns whether the output must be JSON. */
  protected final boolean json() {
    return pair.json();
  }

  /** Prints an object as JSON, and returns {@link #DONE}. */
  protected final int print(JsonObject object) {
    new PrettyJson(out()).print((JsonValue) object);
    return DONE;
  }

  /**
   * Returns whether the caller must print a list as a table. If not, this method has printed it as
   * JSON, or the sentence for an empty list.
   */
  final boolean isTable(String name, Iterator<JsonObject> rows, String none) {
    if (json()) {
      new PrettyJson(out()).print(Map.of(name, rows));
      return false;
    }
    if (!rows.hasNext()) {
      out().println(none);
      return false;
    }
    around().table();
    return true;
  }

  /**
   * Returns whether the caller must print a list as a table. If not, this method has printed it as
   * JSON, or the sentence for an empty list. If the list is empty, it also prints warnings about an
   * unknown channel or account.
   */
  final boolean isTable(String name, Iterator<JsonObject> rows, String none, FilterOptions filter) {
    if (!rows.hasNext()) {
      warned(filter.checked(api()));
    }
    return isTable(name, rows, none);
  }

  /** Returns the rows of a list; they end early if standard output is closed. */
  final PagedRows pages(Supplier<Query> query, String list) {
    return pages(query, list, PagedRows.MAX_PAGE);
  }

  /**
   * Returns the rows of a list, in pages of the given size; they end early if standard output is
   * closed.
   */
  final PagedRows pages(Supplier<Query> query, String list, int page) {
    return new PagedRows(api(), query, list, page).endIf(around()::isOutputClosed);
  }

  /** Prints the warnings of a response to standard error, and returns whether there are any. */
  final boolean warned(JsonObject answer) {
    List<JsonObject> warnings = Json.array(answer, "warnings").getValuesAs(JsonObject.class);
    warnings.forEach(one -> err().println("Warning: " + Json.warning(one)));
    return !warnings.isEmpty();
  }

  /** Prints a fact of a row in the form {@code Name : value}, unless the value is null. */
  final void fact(String name, String value) {
    if (value != null) {
      out().println(name + " : " + TerminalText.of(value));
    }
  }

  /**
   * Prints rows with one column for each field. Fields whose names end in {@code _at} are times.
   */
  final void rows(Table table, Iterator<JsonObject> rows, String... fields) {
    while (rows.hasNext()) {
      JsonObject row = rows.next();
      table.row(
          Arrays.stream(fields)
              .map(name -> name.endsWith("_at") ? time(row, name) : Json.text(row, name))
              .toArray(String[]::new));
    }
  }

  /** Formats a time of a row; null if it is missing. */
  static String time(JsonObject row, String name) {
    return Table.time(Json.text(row, name));
  }
}
