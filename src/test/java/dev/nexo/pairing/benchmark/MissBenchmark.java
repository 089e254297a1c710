package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Decisions the cache cannot make, beside the same questions as kept statements in bare JDBC. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MissBenchmark {

  private static final int SENDERS = 100_000;

  private BenchmarkServer server;
  private BareDatabase bare;
  private String[] ids;
  private int next;

  /** 100,000 admitted senders, and an account whose slots are taken. */
  @Setup(Level.Trial)
  public void fill() throws SQLException {
    server = new BenchmarkServer();
    ids = server.seed(SENDERS);
    for (int i = 0; i < 3; i++) {
      server.gate().shouldAdmit("whatsapp", "full", "+49100000" + i, AdmissionPolicy.CHALLENGE);
    }
    bare = new BareDatabase(server.file());
  }

  @TearDown(Level.Trial)
  public void close() throws SQLException {
    bare.close();
    server.close();
  }

  private String id() {
    next = next + 1 == ids.length ? 0 : next + 1;
    return ids[next];
  }

  /** An admitted sender whose cached admission has expired. */
  @Benchmark
  public Decision miss() {
    server.clock().move(Duration.ofSeconds(31));
    return server.gate().shouldAdmit("whatsapp", null, id(), AdmissionPolicy.CHALLENGE);
  }

  @Benchmark
  public boolean missFloor() throws SQLException {
    return bare.isAllowed("whatsapp", "default", id());
  }

  /** A stranger while all slots are taken. */
  @Benchmark
  public Decision full() {
    return server.gate().shouldAdmit("whatsapp", "full", "+49200000", AdmissionPolicy.CHALLENGE);
  }

  @Benchmark
  public boolean fullFloor() throws SQLException {
    return bare.isAllowed("whatsapp", "full", "+49200000")
        || bare.isPending("whatsapp", "full", "+49200000")
        || bare.isFull("whatsapp", "full");
  }
}
