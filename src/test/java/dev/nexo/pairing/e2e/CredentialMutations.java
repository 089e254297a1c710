package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Changes of the credentials of a request. */
final class CredentialMutations {

  private CredentialMutations() {}

  /**
   * Creates the list of changes.
   *
   * @param accounts the {@code Authorization} headers of all accounts of the server
   */
  static List<Mutation> all(List<String> accounts, HarvestedValues harvest) {
    List<Mutation> all = new ArrayList<>();
    add(all, "none", (draft, random) -> draft.removeHeader("Authorization"));
    for (String value : new FuzzValues("credentials.txt").section("authorizations")) {
      add(
          all,
          FuzzValues.shown(value),
          (draft, random) -> {
            // Some of these bytes are not allowed in a header.
            draft.malformed();
            draft.header("Authorization", value);
          });
    }
    for (int i = 0; i < accounts.size(); i++) {
      String account = accounts.get(i);
      add(all, "account " + i, (draft, random) -> draft.header("Authorization", account));
      add(
          all,
          "account " + i + " in lower case",
          (draft, random) -> draft.header("Authorization", account.replace("Basic", "basic")));
      add(
          all,
          "account " + i + " and spaces",
          (draft, random) -> draft.header("Authorization", account.replace(" ", "   ") + "  "));
      add(
          all,
          "account " + i + " behind another header",
          (draft, random) -> {
            draft.malformed();
            draft.header("Authorization", "Basic x");
            draft.headers().add("Authorization: " + account);
          });
      add(
          all,
          "account " + i + " in front of another header",
          (draft, random) -> {
            draft.malformed();
            draft.header("Authorization", account);
            draft.headers().add("authorization: Bearer x");
          });
    }
    add(
        all,
        "random",
        (draft, random) -> {
          draft.malformed();
          draft.header("Authorization", FuzzValues.soup(random));
        });
    add(
        all,
        "any token",
        (draft, random) -> draft.header("Authorization", "Bearer " + harvest.token(random)));
    add(
        all,
        "any token, changed",
        (draft, random) ->
            draft.header("Authorization", "Bearer " + changed(harvest.token(random), random)));
    add(
        all,
        "cookie",
        (draft, random) -> {
          draft.removeHeader("Authorization");
          draft.header("Cookie", harvest.cookie(random));
          draft.header("X-Pairing-Surface", "console");
        });
    add(
        all,
        "cookie without surface",
        (draft, random) -> {
          draft.removeHeader("Authorization");
          draft.header("Cookie", harvest.cookie(random));
          draft.removeHeader("X-Pairing-Surface");
        });
    add(
        all,
        "cookie, changed",
        (draft, random) -> {
          draft.removeHeader("Authorization");
          draft.header("Cookie", changed(harvest.cookie(random), random));
          draft.header("X-Pairing-Surface", "console");
        });
    return all;
  }

  private interface Change {
    void apply(RequestDraft draft, Random random);
  }

  private static void add(List<Mutation> all, String name, Change change) {
    all.add(new Mutation("credentials: " + name, change::apply));
  }

  private static String changed(String secret, Random random) {
    int at = random.nextInt(secret.length());
    String letters = "AZaz09-_.~+/= ";
    return secret.substring(0, at)
        + letters.charAt(random.nextInt(letters.length()))
        + secret.substring(at + 1);
  }

  /** The credentials of Basic authentication. */
  static String basic(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1));
  }
}
