package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Seeding, per row, beside the bare batch of the same rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SeedBenchmark {

  private static final int ROWS = 10_000;

  private BenchmarkServer server;
  private BareDatabase bare;
  private int number;

  @Setup(Level.Trial)
  public void open() throws SQLException {
    server = new BenchmarkServer();
    bare = BareDatabase.inAFileOfItsOwn();
  }

  @TearDown(Level.Trial)
  public void close() throws SQLException {
    bare.close();
    server.close();
  }

  private List<SeedEntry> entries() {
    List<SeedEntry> entries = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      entries.add(new SeedEntry("+49" + (100_000_000L + i), null));
    }
    return entries;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public SeedReport seed() {
    return server
        .store()
        .seed(new ChannelAccount("whatsapp", "a" + ++number), entries(), BenchmarkServer.OPERATOR);
  }

  /** Allow-from and audit rows, as the store writes them. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void seedFloor() throws SQLException {
    bare.seed("a" + ++number, entries());
  }
}
