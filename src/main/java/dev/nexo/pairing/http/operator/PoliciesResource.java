package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.RequesterNotice;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The call {@code GET /policies}: the policy in effect on each account. Thread-safe. */
@Component
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {

  /** The maximum number of accounts in an answer. */
  static final int MAX_LISTED = 1_000;

  private static final Comparator<ChannelAccount> ORDER =
      Comparator.comparing(ChannelAccount::channel).thenComparing(ChannelAccount::accountId);

  private final Policies policies;
  private final PairingAdapterRegistry adapters;
  private final PairingStore store;
  private final SenderParser senders;

  @Inject
  public PoliciesResource(
      Policies policies,
      PairingAdapterRegistry adapters,
      PairingStore store,
      SenderParser senders) {
    this.policies = policies;
    this.adapters = adapters;
    this.store = store;
    this.senders = senders;
  }

  /** Returns the policy of one account, or of all known accounts. */
  @GET
  public JsonObject list(@Context UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    boolean all = query.text("channel") == null && query.text("account_id") == null;
    ChannelAccount one = all ? null : query.account();
    query.end();
    // A reload must not mix old and new policies in one answer.
    try (Policies.Pin pin = policies.pin()) {
      Collection<ChannelAccount> accounts = all ? known() : List.of(one);
      JsonArrayBuilder list = StrictJson.array();
      accounts.stream()
          .limit(MAX_LISTED)
          .forEach(
              account ->
                  list.add(
                      addPolicy(
                          StrictJson.object()
                              .add("channel", account.channel())
                              .add("account_id", account.accountId()),
                          policies.of(account))));
      JsonObjectBuilder answer =
          StrictJson.object()
              .add("general", addPolicy(StrictJson.object(), policies.general()))
              .add("policies", list)
              .add("more", accounts.size() > MAX_LISTED);
      return OperatorJson.withWarnings(
          answer, all ? JsonValue.EMPTY_JSON_ARRAY : senders.warnings(one));
    }
  }

  /** Returns the accounts of the settings and the tables, and the default ones of the adapters. */
  private Collection<ChannelAccount> known() {
    TreeSet<ChannelAccount> known = new TreeSet<>(ORDER);
    known.addAll(policies.named());
    known.addAll(store.accounts(MAX_LISTED + 1));
    adapters.channels().forEach(channel -> known.add(ChannelAccount.of(channel, null)));
    return known;
  }

  private static JsonObjectBuilder addPolicy(JsonObjectBuilder json, AccountPolicy policy) {
    JsonArrayBuilder notices = StrictJson.array();
    policy.notifyRequester().stream().sorted().map(RequesterNotice::wireName).forEach(notices::add);
    return json.add("auto_challenge", policy.autoChallenge())
        .add("challenge", policy.silent() ? "silent" : "reply")
        .add("challenges_per_hour", policy.challengesPerHour())
        .add("groups", policy.pairGroups() ? "pair" : "drop")
        .add("hold_messages", policy.holdMessages())
        .add("notify_requester", notices);
  }
}
