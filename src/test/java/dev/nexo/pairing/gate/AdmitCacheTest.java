package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.gate.AdmitTable.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Admit cache")
class AdmitCacheTest {

  private static final long NOW = 1_800_000_000_000L;

  private final Epochs epochs = new Epochs();
  private final AdmitCache cache = new AdmitCache(epochs);

  private void put(String sender, boolean listed, long from, long until) {
    int hash = hash(sender);
    cache.put(
        new Entry(
            hash, "chat", "default", sender, listed, Admit.MEMBER, from, until, epochs.of(hash)));
  }

  private void put(String sender) {
    put(sender, true, NOW, NOW + AdmitCache.TTL_MILLIS);
  }

  private boolean admits(String sender, long now) {
    return cache.find(hash(sender), "chat", "default", sender, true, now) != null;
  }

  private static int hash(String sender) {
    return AdmitTable.hash("chat", "default", sender);
  }

  @Test
  @DisplayName("A sender is admitted on that account for as long as cached")
  void admits() {
    put("ana", true, NOW, NOW + 10);
    assertThat(admits("ana", NOW)).isTrue();
    assertThat(admits("ana", NOW + 9)).isTrue();
    assertThat(admits("ana", NOW + 10)).isFalse();
    assertThat(admits("bob", NOW)).isFalse();
    assertThat(cache.find(hash("ana"), "chat", "work", "ana", true, NOW)).isNull();
    assertThat(cache.find(hash("ana"), "mail", "default", "ana", true, NOW)).isNull();
  }

  @Test
  @DisplayName("An entry from the future is ignored, as after a clock is set back")
  void clockSetBack() {
    put("ana");
    assertThat(admits("ana", NOW - 1)).isFalse();
  }

  @Test
  @DisplayName("Admissions by a policy that is off are kept apart from allow-from")
  void unlisted() {
    put("ana", false, NOW, NOW + 10);
    assertThat(cache.find(hash("ana"), "chat", "default", "ana", false, NOW))
        .isEqualTo(Admit.MEMBER);
    assertThat(cache.find(hash("ana"), "chat", "default", "ana", true, NOW)).isNull();
  }

  @Test
  @DisplayName("A row read before a revocation is ignored, even if added after it")
  void epochs() {
    int before = epochs.of(hash("ana"));
    epochs.advance(hash("ana"));
    cache.put(
        new Entry(
            hash("ana"), "chat", "default", "ana", true, Admit.MEMBER, NOW, NOW + 10, before));
    assertThat(admits("ana", NOW)).isFalse();
    put("ana");
    put("bob");
    assertThat(admits("ana", NOW)).isTrue();
    epochs.advanceAll();
    assertThat(admits("ana", NOW)).isFalse();
    assertThat(admits("bob", NOW)).isFalse();
  }

  @Test
  @DisplayName("The cache holds at most two generations of a million senders")
  void isBounded() {
    for (int i = 0; i < 1_000_000; i++) {
      put("sender " + i);
    }
    int found = 0;
    for (int i = 0; i < 1_000_000; i++) {
      found += admits("sender " + i, NOW) ? 1 : 0;
    }
    assertThat(found).isEqualTo(1_000_000);
    for (int i = 1_000_000; i < 4_000_000; i++) {
      put("sender " + i);
    }
    found = 0;
    for (int i = 0; i < 4_000_000; i++) {
      found += admits("sender " + i, NOW) ? 1 : 0;
    }
    assertThat(found).isBetween(AdmitCache.GENERATION, 2 * AdmitCache.GENERATION);
  }

  @Test
  @DisplayName("A generation is dropped after 30 s")
  void dropsOld() {
    for (int i = 0; i < 1000; i++) {
      put("sender " + i);
    }
    long later = NOW + AdmitCache.TTL_MILLIS;
    put("ana", true, later, later + 10);
    assertThat(cache.size()).isEqualTo(1001);
    later += AdmitCache.TTL_MILLIS;
    put("bob", true, later, later + 10);
    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  @DisplayName("Ids that were made to collide do not slow down the cache")
  void collisions() {
    List<String> colliding = new ArrayList<>(List.of(""));
    for (int i = 0; i < 14; i++) {
      List<String> longer = new ArrayList<>();
      for (String prefix : colliding) {
        longer.add(prefix + "Aa");
        longer.add(prefix + "BB");
      }
      colliding = longer;
    }
    assertThat(colliding.stream().map(String::hashCode).distinct()).hasSize(1);
    colliding.forEach(this::put);
    assertThat(cache.size()).isLessThan(200);
    put("ana");
    assertThat(admits("ana", NOW)).isTrue();
  }
}
