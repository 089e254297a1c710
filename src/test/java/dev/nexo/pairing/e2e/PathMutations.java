package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.FuzzValues.shown;
import static dev.nexo.pairing.e2e.Mutation.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;

/** Changes of the request target up to the question mark. */
final class PathMutations {

  /** The index of the first segment that the application reads. */
  private static final int BEHIND_ROOT = "/api/v1/".length();

  private final List<Mutation> all = new ArrayList<>();

  private PathMutations() {}

  static List<Mutation> all(HarvestedValues harvest) {
    PathMutations mutations = new PathMutations();
    mutations.addValues(new FuzzValues("paths.txt"));
    mutations.addForms(harvest);
    return List.copyOf(mutations.all);
  }

  private void addValues(FuzzValues values) {
    for (String kind : List.of("raw", "encoded")) {
      for (String value : values.section(kind)) {
        add(
            kind + " " + shown(value),
            (path, random) -> insert(path, position(path, random), value));
      }
    }
    for (String kind : List.of("at a slash", "parameters")) {
      for (String value : values.section(kind)) {
        add(kind + " " + shown(value), (path, random) -> insertAtSlash(path, value, random));
      }
    }
    for (String target : values.section("targets")) {
      add("target " + target, (path, random) -> target);
    }
    for (String value : values.section("segments")) {
      add("segment " + shown(value), (path, random) -> segment(path, value, random));
    }
  }

  private void addForms(HarvestedValues harvest) {
    for (int length : new int[] {500, 4_000, 8_300, 17_000, 40_000}) {
      add("longer by " + length, (path, random) -> path + "/" + "a".repeat(length));
      add("slashes " + length, (path, random) -> path + "/a".repeat(Math.min(length, 8_000)));
    }
    add("slash at the end", (path, random) -> path + "/");
    add("cut", (path, random) -> path.substring(0, random.nextInt(path.length() + 1)));
    add("upper case", (path, random) -> path.toUpperCase(Locale.ROOT));
    add("encoded letter", PathMutations::encodeLetter);
    add("garbled", FuzzValues::garbled);
    add(
        "random part",
        (path, random) -> insert(path, position(path, random), FuzzValues.soup(random)));
    add(
        "segment of an earlier answer",
        (path, random) -> segment(path, harvest.reference(random), random));
  }

  private void add(String name, BiFunction<String, Random, String> change) {
    all.add(
        new Mutation(
            "path: " + name,
            (draft, random) -> {
              draft.malformed();
              draft.path(change.apply(draft.path(), random));
            }));
  }

  private static String insertAtSlash(String path, String inserted, Random random) {
    List<Integer> slashes = new ArrayList<>();
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      slashes.add(i);
    }
    slashes.add(path.length());
    return insert(path, pick(slashes, random), inserted);
  }

  private static String insert(String path, int at, String inserted) {
    return path.substring(0, at) + inserted + path.substring(at);
  }

  /** Chooses a position, usually after the root of the API. */
  private static int position(String path, Random random) {
    int from = random.nextInt(5) == 0 ? 0 : Math.min(BEHIND_ROOT, path.length());
    return from + random.nextInt(path.length() - from + 1);
  }

  private static String encodeLetter(String path, Random random) {
    if (path.isEmpty()) {
      return path;
    }
    int at = random.nextInt(path.length());
    String encoded = "%%%02x".formatted((int) path.charAt(at));
    return path.substring(0, at) + encoded + path.substring(at + 1);
  }

  /** Replaces one of the segments after the root of the API. */
  private static String segment(String path, String value, Random random) {
    String[] segments = path.split("/", -1);
    if (segments.length < 4) {
      return path + "/" + value;
    }
    segments[3 + random.nextInt(segments.length - 3)] = value;
    return String.join("/", segments);
  }
}
