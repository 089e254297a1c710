package dev.nexo.pairing.benchmark;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SenderKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An admission from the cache, beside the same in a bare map and in Caffeine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HitBenchmark {

  private static final long TTL = 30_000;

  @Param({"1000", "100000", "1000000"})
  int senders;

  private BenchmarkServer server;
  private PairingAdapterRegistry adapters;
  private String[] ids;
  private int next;
  private final Clock clock = Clock.systemUTC();
  private final ConcurrentHashMap<SenderKey, Long> map = new ConcurrentHashMap<>();
  private Cache<SenderKey, Long> caffeine;

  /** Everybody is in allow-from, in the cache and in the maps. */
  @Setup(Level.Trial)
  public void fill() {
    server = new BenchmarkServer();
    adapters = server.get(PairingAdapterRegistry.class);
    ids = server.seed(senders);
    caffeine = Caffeine.newBuilder().maximumSize(2_000_000).build();
    for (String id : ids) {
      gate();
      SenderKey key = new SenderKey("whatsapp", ChannelAccount.DEFAULT_ACCOUNT, id);
      map.put(key, Long.MAX_VALUE - TTL);
      caffeine.put(key, Long.MAX_VALUE - TTL);
    }
    // People do not write in the order of their numbers, and memory notices.
    Collections.shuffle(Arrays.asList(ids), new Random(42));
  }

  @TearDown(Level.Trial)
  public void close() {
    server.close();
  }

  private String id() {
    next = next + 1 == ids.length ? 0 : next + 1;
    // A new string each time, as a message brings one: its hash is not known yet.
    return new String(ids[next]);
  }

  /** The injected gate, with normalising, counting and all. */
  @Benchmark
  public Decision gate() {
    return server.gate().shouldAdmit("whatsapp", null, id(), AdmissionPolicy.CHALLENGE);
  }

  /** The minimum in Java: normalize, build a key, look it up, check its age. */
  @Benchmark
  public boolean floor() {
    String sender = adapters.normalizeSender("whatsapp", id()).orElseThrow();
    Long until = map.get(new SenderKey("whatsapp", ChannelAccount.DEFAULT_ACCOUNT, sender));
    return until != null && clock.millis() < until;
  }

  /** A hit in a Caffeine cache, for comparison with the gate's own table. */
  @Benchmark
  public boolean caffeine() {
    String sender = adapters.normalizeSender("whatsapp", id()).orElseThrow();
    Long until =
        caffeine.getIfPresent(new SenderKey("whatsapp", ChannelAccount.DEFAULT_ACCOUNT, sender));
    return until != null && clock.millis() < until;
  }
}
