package dev.nexo.pairing.http.request;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.Violations;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a request's query parameters apart, as {@link JsonFields} does a body: what is unknown,
 * given twice or malformed is remembered, and {@link #end()} refuses all of it at once. For one
 * thread.
 */
public final class QueryFields {

  private static final int MAX_TEXT = 1024;

  private final MultivaluedMap<String, String> parameters;
  private final Violations violations = new Violations();
  private final Set<String> asked = new HashSet<>();

  /** Reads from these parameters. */
  public QueryFields(UriInfo uri) {
    this(uri.getQueryParameters());
  }

  QueryFields(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /** The value of a parameter, or null where it is left out. */
  public String text(String name) {
    asked.add(name);
    List<String> values = parameters.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    String value = values.get(0);
    String fault = values.size() > 1 ? "is given more than once" : fault(value);
    if (fault != null) {
      violations.add(name, fault);
      return null;
    }
    return value;
  }

  /** The value of a parameter that has to be there; null only after noting that it is not. */
  public String requiredText(String name) {
    String value = text(name);
    if (value == null && !parameters.containsKey(name)) {
      violations.add(name, "is missing");
    }
    return value;
  }

  /** True or false; false where it is left out. */
  public boolean flag(String name) {
    String value = text(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      violations.add(name, "must be true or false");
    }
    return "true".equals(value);
  }

  /** A time, or null where it is left out. */
  public Instant time(String name) {
    return violations.time(name, text(name));
  }

  /** The parameters {@code limit} and {@code cursor}. */
  public PageRequest page() {
    String limit = text("limit");
    String cursor = text("cursor");
    int rows = PageRequest.DEFAULT_LIMIT;
    if (limit != null) {
      // Anything but plain digits is out of range, too: "1e2", "+5", " 5".
      rows = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : -1;
    }
    int asked = rows;
    return violations.check(() -> new PageRequest(asked, cursor));
  }

  /** The parameters {@code channel} and {@code account_id}, either of which may be left out. */
  public AccountFilter accounts() {
    String channel = text("channel");
    String accountId = text("account_id");
    violations.account(channel, accountId);
    return new AccountFilter(channel, accountId);
  }

  /** The same, where the channel has to be given and the account has its default. */
  public ChannelAccount account() {
    return violations.account(requiredText("channel"), text("account_id"));
  }

  /** Where to note what is wrong with a value that was read. */
  public Violations violations() {
    return violations;
  }

  /**
   * Ends the reading; parameters that nobody asked for are unknown.
   *
   * @throws ProblemException a 400 that names everything that is wrong
   */
  public void end() {
    noteUnknown();
    violations.refuseIfAny();
  }

  void noteUnknown() {
    for (String name : parameters.keySet()) {
      if (!asked.contains(name)) {
        violations.add(name, "is not a parameter of this request");
      }
    }
  }

  private static String fault(String value) {
    if (value.length() > MAX_TEXT) {
      return "must be at most " + MAX_TEXT + " characters";
    }
    // What was not UTF-8 behind its percent signs has become this character.
    return value.indexOf('\uFFFD') >= 0 ? "must be UTF-8" : Violations.fault(value);
  }
}
