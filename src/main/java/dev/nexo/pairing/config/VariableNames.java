package dev.nexo.pairing.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares names of environment variables with those of the keys. A name is one of these: known; a
 * misspelt key ({@link #meant}); set by an orchestrator ({@link #isForeign}); or unknown.
 * Stateless.
 */
final class VariableNames {

  private static final String PREFIX = "PAIRING_";

  /** The variable that names the files; it is not a key. */
  private static final String FILES = "PAIRING_CONFIG";

  /**
   * What Kubernetes sets for each service of a namespace, and Docker for a linked container. A
   * service {@code pairing}, or one whose name begins with {@code pairing-}, has these names.
   */
  private static final Pattern OF_SERVICE =
      Pattern.compile(
          "PAIRING_(\\w+_)?(SERVICE_(HOST|PORT(_\\w+)?)"
              + "|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|PORT_START|PORT_END|ADDR))?)?)");

  /** What Docker sets in addition for a linked container. */
  private static final Pattern OF_LINK = Pattern.compile("PAIRING_(\\w+_)?(NAME|ENV_\\w+)");

  private static final String POLICY_OF_ACCOUNT = "pairing.policy.<channel>.<account>.";

  /** Stands for a channel, an account or a name in {@link #FORMS}. */
  private static final char ANY = '\0';

  /** The names of all keys, by the form that is compared, and their spelling in messages. */
  private static final Map<String, String> FORMS = forms();

  private VariableNames() {}

  private static Map<String, String> forms() {
    Map<String, String> forms = new HashMap<>();
    forms.put(FILES, FILES);
    for (SettingKey key : SettingKey.values()) {
      forms.put(form(key.path()), key.variable());
    }
    // A key without its sections, PAIRING_AUTO_CHALLENGE, if only one key ends like this.
    Map<String, List<SettingKey>> ends =
        Arrays.stream(SettingKey.values())
            .filter(SettingKey::isFixed)
            .collect(Collectors.groupingBy(key -> last(key.path())));
    ends.forEach(
        (end, keys) -> {
          if (keys.size() == 1 && end.contains("_")) {
            forms.putIfAbsent(form("pairing." + end), keys.get(0).variable());
          }
        });
    return Map.copyOf(forms);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String form(String path) {
    String names = path.replaceAll("<[^>]+>(\\.<[^>]+>)?", "%");
    return SettingKey.environmentName(names.replace("%", "xANYx"))
        .replace("XANYX", String.valueOf(ANY));
  }

  /** Whether a variable may be meant for this server: {@code PAIRING_…}, in any case. */
  static boolean isOurs(String variable) {
    return variable.toUpperCase(Locale.ROOT).startsWith(PREFIX);
  }

  /** Whether a variable is a key, or names the files of keys. */
  static boolean isKnown(String variable) {
    return variable.equals(FILES)
        || Arrays.stream(SettingKey.values())
            .anyMatch(
                key ->
                    key.isFixed()
                        ? isSpelling(variable, key.path())
                        : key.nameInEnvironment(variable).isPresent());
  }

  /** MicroProfile reads a key from these spellings only. */
  private static boolean isSpelling(String variable, String path) {
    String lower = path.replace('.', '_');
    return variable.equals(lower) || variable.equals(SettingKey.environmentName(path));
  }

  /** Whether an orchestrator has set this variable, for a service or container of this name. */
  static boolean isForeign(String variable) {
    return OF_SERVICE.matcher(variable).matches() || OF_LINK.matcher(variable).matches();
  }

  /**
   * Returns the variable that is meant by an unknown one; empty if it is not similar to any, or if
   * an orchestrator sets it. A name is similar if it is in the wrong case, lacks the key's section
   * or other words, has them in another order, or has one mistake for every five characters after
   * the prefix, at least 2 and at most 4. A mistake is a missing, surplus, wrong or transposed
   * character.
   */
  static Optional<String> meant(String variable) {
    if (isKnown(variable) || OF_SERVICE.matcher(variable).matches()) {
      return Optional.empty();
    }
    String name = variable.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    if (!name.startsWith(PREFIX) && distance(firstWord(name), firstWord(PREFIX)) > 1) {
      return Optional.empty();
    }
    List<String> near = new ArrayList<>();
    int best = Integer.MAX_VALUE;
    for (Map.Entry<String, String> form : FORMS.entrySet()) {
      int mistakes = mistakes(name, form.getKey());
      if (mistakes <= allowed(form.getKey()) && mistakes <= best) {
        if (mistakes < best) {
          near.clear();
        }
        best = mistakes;
        near.add(form.getValue());
      }
    }
    // A fixed key rather than one with placeholders, which match anything; of these, the longest.
    return near.stream()
        .min(
            Comparator.comparing((String one) -> one.contains("<"))
                .thenComparing(one -> one.contains("<") ? -one.length() : one.length())
                .thenComparing(Function.identity()))
        .or(() -> ofWords(name));
  }

  /** Finds the key whose words a name has, in another order or without some of them. */
  private static Optional<String> ofWords(String name) {
    List<String> words = words(name.substring(name.indexOf('_') + 1));
    List<SettingKey> fixed =
        Arrays.stream(SettingKey.values())
            .filter(SettingKey::isFixed)
            .filter(key -> hasWordsOf(words, key))
            .toList();
    return fixed.size() == 1
        ? Optional.of(fixed.get(0).variable())
        : Arrays.stream(SettingKey.values())
            .filter(key -> key.path().startsWith(POLICY_OF_ACCOUNT) && namesAccount(words, key))
            .max(Comparator.comparing(key -> words(last(key.path())).size()))
            .map(SettingKey::variable);
  }

  /** One word is not enough, except for a key of the policy, which decides who is admitted. */
  private static boolean hasWordsOf(List<String> words, SettingKey key) {
    List<String> own = words(key.path().substring(key.path().indexOf('.') + 1));
    boolean same = own.size() == words.size() && own.containsAll(words) && words.containsAll(own);
    boolean some =
        own.containsAll(words)
            && words.contains(own.get(own.size() - 1))
            && (words.size() > 1 || own.get(0).equals("POLICY"));
    return same || some;
  }

  /** Whether a name has the last words of a key, and others that may be a channel or account. */
  private static boolean namesAccount(List<String> words, SettingKey key) {
    List<String> end = words(last(key.path()));
    List<String> others = new ArrayList<>(words);
    others.removeAll(end);
    boolean hasSection = others.remove("POLICY");
    boolean atEnd = end.contains(words.get(words.size() - 1));
    return words.containsAll(end) && !others.isEmpty() && (hasSection || atEnd);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String firstWord(String name) {
    int end = name.indexOf('_');
    return end < 0 ? name : name.substring(0, end);
  }

  private static int allowed(String form) {
    return Math.max(2, Math.min(4, (form.length() - PREFIX.length()) / 5));
  }

  /** Underscores do not count, because a space or a dot may have been meant. */
  private static int mistakes(String name, String form) {
    return Math.min(distance(name, form), distance(name.replace("_", ""), form.replace("_", "")));
  }

  /**
   * Returns the optimal string alignment distance between a name and a form, in which {@link #ANY}
   * matches one or more characters.
   */
  private static int distance(String name, String form) {
    int[][] cost = new int[form.length() + 1][name.length() + 1];
    for (int j = 0; j <= name.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= form.length(); i++) {
      char expected = form.charAt(i - 1);
      cost[i][0] = i;
      for (int j = 1; j <= name.length(); j++) {
        if (expected == ANY) {
          cost[i][j] = Math.min(cost[i - 1][j - 1], j > 1 ? cost[i][j - 1] : i);
          continue;
        }
        char given = name.charAt(j - 1);
        int least = cost[i - 1][j - 1] + (given == expected ? 0 : 1);
        least = Math.min(least, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1 && j > 1 && given == form.charAt(i - 2) && name.charAt(j - 2) == expected) {
          least = Math.min(least, 1 + cost[i - 2][j - 2]);
        }
        cost[i][j] = least;
      }
    }
    return cost[form.length()][name.length()];
  }
}
