package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.FuzzValues.shown;
import static dev.nexo.pairing.e2e.Mutation.pick;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** Changes of the query. */
final class QueryMutations {

  private final List<Mutation> all = new ArrayList<>();
  private final FuzzValues values = new FuzzValues("queries.txt");
  private final List<String> names = values.section("names");

  private QueryMutations() {}

  static List<Mutation> all(HarvestedValues harvest) {
    QueryMutations mutations = new QueryMutations();
    mutations.addValues();
    mutations.addForms(harvest);
    return List.copyOf(mutations.all);
  }

  private void addValues() {
    for (String value : values.section("values")) {
      add("value " + shown(value), (draft, random) -> set(draft, name(draft, random), value));
    }
    for (String part : values.section("parts")) {
      addMalformed(
          "part " + shown(part),
          (draft, random) -> draft.query().add(random.nextInt(draft.query().size() + 1), part));
    }
  }

  private void addForms(HarvestedValues harvest) {
    add("repeated", QueryMutations::repeat);
    add("shuffled", (draft, random) -> Collections.shuffle(draft.query(), random));
    add("without one", QueryMutations::remove);
    add(
        "cursor of an earlier answer",
        (draft, random) -> set(draft, "cursor", harvest.cursor(random)));
    add("cursor cut", (draft, random) -> set(draft, "cursor", cut(harvest.cursor(random), random)));
    addMalformed("random part", (draft, random) -> draft.query().add(FuzzValues.soup(random)));
    addMalformed("garbled", QueryMutations::garble);
    for (int count : new int[] {20, 1_000, 5_000}) {
      addMalformed(
          count + " unknown",
          (draft, random) -> {
            for (int i = 0; i < count; i++) {
              draft.query().add("n" + i + "=1");
            }
          });
    }
    addMalformed(
        "12,000 characters", (draft, random) -> draft.query().add("q=" + "a".repeat(12_000)));
  }

  private void add(String name, BiConsumer<RequestDraft, Random> change) {
    all.add(new Mutation("query: " + name, change));
  }

  private void addMalformed(String name, BiConsumer<RequestDraft, Random> change) {
    add(
        name,
        (draft, random) -> {
          draft.malformed();
          change.accept(draft, random);
        });
  }

  private static String cut(String cursor, Random random) {
    return cursor.substring(0, random.nextInt(cursor.length()));
  }

  private String name(RequestDraft draft, Random random) {
    if (draft.query().isEmpty() || random.nextInt(4) == 0) {
      return pick(names, random);
    }
    return pick(draft.query(), random).split("=", 2)[0];
  }

  private static void set(RequestDraft draft, String name, String value) {
    draft.query().removeIf(part -> part.startsWith(name + "="));
    draft.query().add(name + "=" + value);
  }

  private static void repeat(RequestDraft draft, Random random) {
    if (draft.query().isEmpty()) {
      draft.query().add("limit=1");
    }
    draft.query().add(pick(draft.query(), random));
  }

  private static void remove(RequestDraft draft, Random random) {
    if (!draft.query().isEmpty()) {
      draft.query().remove(random.nextInt(draft.query().size()));
    }
  }

  private static void garble(RequestDraft draft, Random random) {
    String query = String.join("&", draft.query());
    draft.query().clear();
    draft.query().add(FuzzValues.garbled(query, random));
  }
}
