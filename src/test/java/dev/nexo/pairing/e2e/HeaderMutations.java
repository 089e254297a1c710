package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.FuzzValues.shown;
import static dev.nexo.pairing.e2e.Mutation.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** Changes of header lines that do not affect the length of the body. */
final class HeaderMutations {

  /** The section of hosts that a server must reject (RFC 9112, section 3.2). */
  private static final String REFUSED_HOSTS = "refused hosts";

  private final FuzzValues values = new FuzzValues("headers.txt");
  private final List<String> names =
      values.names().stream().filter(name -> !name.equals(REFUSED_HOSTS)).toList();
  private final List<Mutation> all = new ArrayList<>();

  private HeaderMutations() {}

  static List<Mutation> all() {
    HeaderMutations mutations = new HeaderMutations();
    mutations.addValues();
    mutations.addForms();
    return List.copyOf(mutations.all);
  }

  private void addValues() {
    for (String name : names) {
      for (String value : values.section(name)) {
        add(name + " " + shown(value), (draft, random) -> draft.header(name, value));
      }
      add(name + " random", (draft, random) -> draft.header(name, FuzzValues.soup(random)));
      add(
          name + " garbled",
          (draft, random) ->
              draft.header(name, FuzzValues.garbled(pick(values.section(name), random), random)));
    }
    for (String host : values.section(REFUSED_HOSTS)) {
      add(
          "Host " + shown(host),
          (draft, random) -> {
            draft.header("Host", host);
            draft.requireRefusal("Host " + shown(host));
          });
    }
  }

  private void addForms() {
    add("two of one name", this::addTwo);
    for (int count : new int[] {50, 150, 1_000, 5_000}) {
      add(
          count + " headers",
          (draft, random) -> {
            for (int i = 0; i < count; i++) {
              draft.headers().add("X-Odd-" + i + ": " + i);
            }
          });
    }
  }

  private void addTwo(RequestDraft draft, Random random) {
    String name = pick(names, random);
    for (int i = 0; i < 2; i++) {
      draft.headers().add(name + ": " + pick(values.section(name), random));
    }
  }

  private void add(String name, BiConsumer<RequestDraft, Random> change) {
    all.add(
        new Mutation(
            "header: " + name,
            (draft, random) -> {
              draft.malformed();
              change.accept(draft, random);
            }));
  }
}
