package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Mutation.pick;
import static dev.nexo.pairing.e2e.Mutation.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Changes of single fields of a JSON body; without such a body they add one. */
final class FieldMutations {

  private static final FuzzValues FILE = new FuzzValues("fields.txt");

  /** Fields of all requests of the document, and some unknown fields. */
  private static final List<String> NAMES = FILE.section("names");

  private static final List<String> DEVICE_KEYS = FILE.section("device keys");

  private FieldMutations() {}

  static List<Mutation> all(HarvestedValues harvest) {
    List<Mutation> all = new ArrayList<>();
    // In JSON notation.
    FILE.section("values").forEach(value -> set(all, value, raw(value)));
    for (int length : new int[] {32, 33, 64, 65, 256, 257, 500, 501, 1_025, 8_200, 100_000}) {
      set(all, length + " letters", quoted("a".repeat(length)));
      set(all, length + " emoji", quoted("\\ud83d\\ude00".repeat(length)));
      set(all, length + " control characters", quoted("\\u0001".repeat(length)));
    }
    set(all, "raw UTF-8", quoted(utf8("\u00e9")));
    for (int count : new int[] {101, 1_001, 20_000, 100_001}) {
      all.add(
          new Mutation(
              "field: " + count + " senders",
              (draft, random) -> object(draft, random).set("sender_ids", senders(count))));
    }
    all.add(
        new Mutation(
            "field: random value",
            (draft, random) -> {
              ObjectNode object = object(draft, random);
              object.set(field(object, random), tree(random, 4));
            }));
    all.add(
        new Mutation(
            "field: random name",
            (draft, random) ->
                object(draft, random).set(FuzzValues.soup(random), tree(random, 2))));
    all.add(new Mutation("field: removed", FieldMutations::remove));
    all.add(new Mutation("field: all others", FieldMutations::addAll));
    all.add(new Mutation("field: shuffled", FieldMutations::shuffle));
    all.add(new Mutation("field: meta of 8 KiB", (draft, random) -> meta(draft, random, 8_181)));
    all.add(new Mutation("field: meta of 9 KiB", (draft, random) -> meta(draft, random, 9_200)));
    all.add(
        new Mutation(
            "field: proof for an open challenge",
            (draft, random) -> prove(draft, harvest, random)));
    all.add(
        new Mutation(
            "field: setup code for a sender", (draft, random) -> sendSetup(draft, random)));
    return all;
  }

  private static JsonNode raw(String json) {
    return JsonNodeFactory.instance.rawValueNode(new RawValue(json));
  }

  private static JsonNode quoted(String text) {
    return raw("\"" + text + "\"");
  }

  private static void set(List<Mutation> all, String name, JsonNode value) {
    all.add(
        new Mutation(
            "field: " + FuzzValues.shown(name),
            (draft, random) -> {
              ObjectNode object = object(draft, random);
              object.set(field(object, random), value);
            }));
  }

  /** The body's object or a nested object. A body that is not an object becomes one. */
  private static ObjectNode object(RequestDraft draft, Random random) {
    if (!(draft.json() instanceof ObjectNode)) {
      draft.json(JsonNodeFactory.instance.objectNode());
      draft.header("Content-Type", "application/json");
    }
    ObjectNode root = (ObjectNode) draft.json();
    List<ObjectNode> inner = new ArrayList<>();
    root.forEach(
        value -> {
          if (value instanceof ObjectNode object) {
            inner.add(object);
          }
        });
    return inner.isEmpty() || random.nextBoolean() ? root : pick(inner, random);
  }

  /** Chooses a field, usually an existing one. */
  private static String field(ObjectNode object, Random random) {
    List<String> present = new ArrayList<>();
    object.fieldNames().forEachRemaining(present::add);
    return present.isEmpty() || random.nextInt(3) == 0
        ? pick(NAMES, random)
        : pick(present, random);
  }

  private static JsonNode tree(Random random, int depth) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    switch (random.nextInt(depth == 0 ? 2 : 4)) {
      case 0 -> {
        return json.textNode(FuzzValues.soup(random));
      }
      case 1 -> {
        return raw(pick(FILE.section("values"), random));
      }
      case 2 -> {
        ArrayNode array = json.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(tree(random, depth - 1));
        }
        return array;
      }
      default -> {
        ObjectNode object = json.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(pick(NAMES, random), tree(random, depth - 1));
        }
        return object;
      }
    }
  }

  private static ArrayNode senders(int count) {
    ArrayNode senders = JsonNodeFactory.instance.arrayNode(count);
    IntStream.range(0, count).forEach(i -> senders.add("s" + i % 50));
    return senders;
  }

  private static void remove(RequestDraft draft, Random random) {
    ObjectNode object = object(draft, random);
    object.remove(field(object, random));
  }

  private static void addAll(RequestDraft draft, Random random) {
    ObjectNode object = object(draft, random);
    NAMES.forEach(name -> object.put(name, "x"));
  }

  private static void shuffle(RequestDraft draft, Random random) {
    ObjectNode object = object(draft, random);
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    Collections.shuffle(names, random);
    names.forEach(name -> object.set(name, object.remove(name)));
  }

  private static void meta(RequestDraft draft, Random random, int length) {
    object(draft, random)
        .set(
            "meta",
            JsonNodeFactory.instance
                .objectNode()
                .put(
                    "a",
                    IntStream.range(0, length).mapToObj(i -> "a").collect(Collectors.joining())));
  }

  private static void prove(RequestDraft draft, HarvestedValues harvest, Random random) {
    HarvestedValues.Challenge challenge = harvest.challenge(random);
    String key = pick(DEVICE_KEYS, random);
    ObjectNode proof = JsonNodeFactory.instance.objectNode();
    if (random.nextBoolean()) {
      proof.put("device_key", key);
    } else {
      proof.putObject("device_key").put("kty", "OKP").put("crv", "Ed25519").put("x", key);
    }
    proof.put("challenge", challenge.challenge());
    proof.put("signature", pick(List.of("A", "_", "B"), random).repeat(85) + "A");
    draft.json(proof);
    draft.header("Content-Type", "application/json");
    draft.header("Authorization", "Bearer " + challenge.token());
  }

  private static void sendSetup(RequestDraft draft, Random random) {
    ObjectNode object = object(draft, random);
    object
        .putObject("send_to")
        .put("channel", pick(List.of("whatsapp", "telegram", "matrix", "x", "X"), random))
        .put("to", pick(List.of("friend", "+15550002222", "", "\u0000", "a".repeat(300)), random));
  }
}
