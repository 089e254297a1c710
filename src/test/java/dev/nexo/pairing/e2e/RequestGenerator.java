package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nexo.pairing.testing.OpenApiDocument;
import dev.nexo.pairing.testing.OpenApiDocument.Operation;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Generates requests from the examples of an OpenAPI document and mutates most of them. The
 * operations take turns. A request is determined by the seed, its ordinal, and what earlier answers
 * contained. Thread-safe.
 */
final class RequestGenerator {

  /**
   * The inputs from which a request is generated.
   *
   * @param ordinal its number, from 0
   * @param operation the operation whose examples it starts from
   * @param seed the seed of its random numbers
   * @param mutations the changes, in this order
   */
  record Recipe(long ordinal, Operation operation, long seed, List<Mutation> mutations) {

    /** Returns a copy of this recipe with other mutations. */
    Recipe with(List<Mutation> changed) {
      return new Recipe(ordinal, operation, seed, changed);
    }
  }

  /** How many of 100 requests have at least one, two and three mutations. */
  private static final int[] CHANGED = {92, 40, 15};

  private final OpenApiDocument document;
  private final long seed;
  private final String host;
  private final KnownAccounts accounts;
  private final HarvestedValues harvest;
  private final List<Operation> operations;
  private final List<List<Mutation>> families;

  /**
   * Creates a generator of requests for a server.
   *
   * @param host the value of the header {@code Host}
   */
  RequestGenerator(
      OpenApiDocument document,
      long seed,
      String host,
      KnownAccounts accounts,
      HarvestedValues harvest) {
    this.document = document;
    this.seed = seed;
    this.host = host;
    this.accounts = accounts;
    this.harvest = harvest;
    this.operations = document.operations();
    List<Mutation> headers = HeaderMutations.all();
    List<Mutation> fields = FieldMutations.all(harvest);
    // A family that is listed twice is chosen twice as often.
    this.families =
        List.of(
            PathMutations.all(harvest),
            QueryMutations.all(harvest),
            headers,
            headers,
            FramingMutations.all(),
            FramingMutations.methods(),
            BodyMutations.all(),
            fields,
            fields,
            CredentialMutations.all(accounts.all(), harvest));
  }

  /** The number of different mutations. */
  long mutations() {
    return families.stream().distinct().mapToLong(List::size).sum();
  }

  /** The recipe with an ordinal. */
  Recipe recipe(long ordinal) {
    long start = mixed(seed + ordinal * 0x9e3779b97f4a7c15L);
    Random random = new Random(start);
    int percent = random.nextInt(100);
    List<Mutation> chosen = new ArrayList<>();
    for (int share : CHANGED) {
      if (percent < share) {
        chosen.add(Mutation.pick(Mutation.pick(families, random), random));
      }
    }
    Operation operation = operations.get((int) (ordinal % operations.size()));
    return new Recipe(ordinal, operation, start, List.copyOf(chosen));
  }

  /** Generates the request of a recipe with the values harvested so far. Can be repeated. */
  RequestDraft draft(Recipe recipe) {
    Random random = new Random(recipe.seed() + 1);
    RequestDraft draft = base(recipe, random);
    for (Mutation mutation : recipe.mutations()) {
      // Its own random numbers, so that its effect does not depend on earlier mutations.
      mutation
          .action()
          .accept(draft, new Random(mixed(recipe.seed() + mutation.name().hashCode())));
    }
    return draft;
  }

  private RequestDraft base(Recipe recipe, Random random) {
    Operation operation = recipe.operation();
    RequestDraft draft =
        new RequestDraft(operation.method().toUpperCase(Locale.ROOT), operation.path());
    if (random.nextBoolean()) {
      draft.keepAlive();
    }
    draft.headers().add("Host: " + host);
    draft.headers().add("X-Forwarded-For: " + address(recipe.ordinal()));
    accounts
        .authorization(operation, harvest, random)
        .ifPresent(value -> draft.headers().add("Authorization: " + value));
    document.eachParameter(operation, parameter -> addParameter(draft, parameter, random));
    List<String> forms = document.forms(operation);
    if (!forms.isEmpty() && random.nextBoolean()) {
      draft.headers().add("Accept: " + Mutation.pick(forms, random));
    }
    addBody(draft, operation, random);
    return draft;
  }

  /** A new address for each request, because addresses with many failures are locked. */
  private static String address(long ordinal) {
    return "10." + (ordinal >> 16 & 0xff) + "." + (ordinal >> 8 & 0xff) + "." + (ordinal & 0xff);
  }

  private void addParameter(RequestDraft draft, JsonNode parameter, Random random) {
    String name = parameter.path("name").asText();
    String example = parameter.path("example").asText();
    boolean used = parameter.path("required").asBoolean() || random.nextInt(3) == 0;
    switch (parameter.path("in").asText()) {
      case "path" -> {
        String value =
            switch (name) {
              case "ref" -> harvest.pending(random);
              case "setup_id" -> harvest.setupId(random);
              case "session_id" -> harvest.sessionId(random);
              default -> example;
            };
        draft.path(draft.path().replace("{" + name + "}", value));
      }
      case "query" -> {
        if (name.equals("cursor")) {
          example = random.nextBoolean() ? harvest.cursor(random) : "";
        }
        if (used && !example.isEmpty()) {
          draft.query().add(name + "=" + URLEncoder.encode(example, UTF_8));
        }
      }
      case "header" -> {
        if (used && !example.isEmpty()) {
          draft.headers().add(name + ": " + example);
        }
      }
      default -> throw new IllegalStateException("Unknown place of " + parameter);
    }
  }

  private void addBody(RequestDraft draft, Operation operation, Random random) {
    List<String> types = new ArrayList<>();
    JsonNode content = operation.node().path("requestBody").path("content");
    content.fieldNames().forEachRemaining(types::add);
    if (types.isEmpty()) {
      return;
    }
    String type = Mutation.pick(types, random);
    List<JsonNode> examples = new ArrayList<>();
    content.path(type).path("examples").forEach(one -> examples.add(one.path("value")));
    JsonNode example = Mutation.pick(examples, random);
    draft.headers().add("Content-Type: " + type);
    if (example instanceof ObjectNode object) {
      ObjectNode body = object.deepCopy();
      vary(body, operation, random);
      draft.json(body);
    } else {
      draft.query().removeIf(part -> part.startsWith("channel="));
      draft.query().add("channel=whatsapp");
      draft.body(example.asText().getBytes(UTF_8));
    }
  }

  /** Inserts values that an example cannot contain: the password, and unknown senders. */
  private void vary(ObjectNode body, Operation operation, Random random) {
    if (body.has("password")) {
      body.put("password", accounts.operatorPassword());
    }
    if (operation.path().endsWith("/inbound") && random.nextBoolean()) {
      body.put("channel", "whatsapp");
      body.put("account_id", "a" + random.nextInt(500));
      body.put("sender_id", "+1555%07d".formatted(random.nextInt(10_000_000)));
      body.put("auto_challenge", true);
      body.put("deliver", false);
    }
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
