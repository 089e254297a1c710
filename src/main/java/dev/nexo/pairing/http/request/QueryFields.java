package dev.nexo.pairing.http.request;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.json.Violations;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the query parameters of a request and collects the {@link Violations}: unknown, repeated
 * and malformed parameters. Call {@link #end()} before you use the values. Not thread-safe.
 */
public final class QueryFields {

  private static final int MAX_TEXT = 1024;

  private final MultivaluedMap<String, String> parameters;
  private final Violations violations = new Violations();
  private final Set<String> asked = new HashSet<>();

  /** Creates a reader of the parameters of this URI. */
  public QueryFields(UriInfo uri) {
    this.parameters = uri.getQueryParameters();
  }

  /** Returns the value of a parameter, or null if it is missing or invalid. */
  public String text(String name) {
    asked.add(name);
    List<String> values = parameters.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    String value = values.get(0);
    String fault = values.size() > 1 ? "must not be repeated" : fault(value);
    if (fault != null) {
      violations.add(name, fault);
      return null;
    }
    return value;
  }

  /** Returns the value of a required parameter; null only if a violation was added. */
  public String requiredText(String name) {
    String value = text(name);
    if (value == null && !parameters.containsKey(name)) {
      violations.add(name, "is required");
    }
    return value;
  }

  /** Returns a boolean; false if the parameter is missing or invalid. */
  public boolean flag(String name) {
    String value = text(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      violations.add(name, "must be true or false");
    }
    return "true".equals(value);
  }

  /** Returns an RFC 3339 time, or null if the parameter is missing or invalid. */
  public Instant time(String name) {
    return violations.time(name, text(name));
  }

  /** Returns the parameters {@code limit} and {@code cursor}; null only if one is invalid. */
  public PageRequest page() {
    String limit = text("limit");
    String cursor = text("cursor");
    int rows = PageRequest.DEFAULT_LIMIT;
    if (limit != null) {
      // Accepts plain digits only, not "1e2", "+5" or " 5".
      rows = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : -1;
    }
    int asked = rows;
    return violations.check(() -> new PageRequest(asked, cursor));
  }

  /** Returns the optional parameters {@code channel} and {@code account_id}. */
  public AccountFilter accounts() {
    String channel = text("channel");
    String accountId = text("account_id");
    violations.account(channel, accountId);
    return new AccountFilter(channel, accountId);
  }

  /** Returns the account in the required {@code channel} and the optional {@code account_id}. */
  public ChannelAccount account() {
    return violations.account(requiredText("channel"), text("account_id"));
  }

  /** Returns the violations found so far, to which callers may add. */
  public Violations violations() {
    return violations;
  }

  /**
   * Ends the reading. Parameters that were not read are violations.
   *
   * @throws ProblemException a 400 that names all violations, if there are any
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
    // The decoder replaced invalid UTF-8 by this character.
    return value.indexOf('\uFFFD') >= 0 ? "must be valid UTF-8" : Violations.fault(value);
  }
}
