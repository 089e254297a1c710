package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * One change of a request.
 *
 * @param name a description for reports
 * @param action changes the draft; takes all its choices from the random numbers, so that the same
 *     seed makes the same change
 */
record Mutation(String name, BiConsumer<RequestDraft, Random> action) {

  /** A random element of a list. */
  static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  /** The UTF-8 bytes of a string, one char for each byte, as drafts use them. */
  static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
