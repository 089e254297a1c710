package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/** Decisions about admitted senders, each from the database, while made-up senders are dropped. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DropFloodBenchmark {

  private static final int SENDERS = 10_000;

  /** The number of made-up senders a second: 100,000 in 50 s. */
  @Param({"0", "2000"})
  public int flood;

  private BenchmarkServer server;
  private String[] ids;
  private int next;
  private Thread flooding;
  private volatile boolean stopped;

  @Setup(Level.Trial)
  public void fill() {
    server = new BenchmarkServer();
    ids = server.seed(SENDERS);
    for (int i = 0; i < 3; i++) {
      server.gate().shouldAdmit("whatsapp", "full", "+49100000" + i, AdmissionPolicy.CHALLENGE);
    }
    flooding = new Thread(this::flood, "flood");
    flooding.start();
  }

  private void flood() {
    long start = System.nanoTime();
    for (int i = 0; flood > 0 && !stopped; i++) {
      server
          .gate()
          .shouldAdmit("whatsapp", "full", "+493" + (10_000_000 + i), AdmissionPolicy.CHALLENGE);
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / flood;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  @TearDown(Level.Trial)
  public void close() throws InterruptedException {
    stopped = true;
    flooding.join();
    server.close();
  }

  @Benchmark
  public Decision admitted() {
    next = next + 1 == ids.length ? 0 : next + 1;
    if (next == 0) {
      server.clock().move(Duration.ofSeconds(31));
    }
    return server.gate().shouldAdmit("whatsapp", null, ids[next], AdmissionPolicy.CHALLENGE);
  }
}
