package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SenderKey;
import java.sql.SQLException;
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

/**
 * Durable changes, one transaction each, beside the same rows written by bare JDBC with the same
 * durability. Every invocation gets an account of its own, so that a slot is free.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WriteBenchmark {

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

  private Decision create(int account) {
    return server
        .gate()
        .shouldAdmit("whatsapp", "a" + account, "+491234567", AdmissionPolicy.CHALLENGE);
  }

  @Benchmark
  public Decision create() {
    return create(++number);
  }

  @Benchmark
  public void createFloor() throws SQLException {
    bare.create("a" + ++number, "+491234567");
  }

  /** A request to be approved, made outside the measured time. */
  @State(Scope.Thread)
  public static class Waiting {

    private Challenge challenge;

    @Setup(Level.Invocation)
    public void make(WriteBenchmark benchmark) {
      challenge = (Challenge) benchmark.create();
    }
  }

  @Benchmark
  public PendingOutcome approve(Waiting waiting) {
    return server
        .store()
        .approve(
            waiting.challenge.request().code().value(),
            AllowTerms.NONE,
            false,
            BenchmarkServer.OPERATOR);
  }

  /** A pending request that was written with bare JDBC. */
  @State(Scope.Thread)
  public static class BareWaiting {

    private String code;

    @Setup(Level.Invocation)
    public void make(WriteBenchmark benchmark) throws SQLException {
      code = benchmark.bare.create("a" + ++benchmark.number, "+491234567");
    }
  }

  @Benchmark
  public void approveFloor(BareWaiting waiting) throws SQLException {
    bare.approve(waiting.code);
  }

  /** A sender to be revoked. */
  @State(Scope.Thread)
  public static class Admitted {

    private SenderKey sender;

    @Setup(Level.Invocation)
    public void make(WriteBenchmark benchmark) {
      Challenge challenge = (Challenge) benchmark.create();
      sender = challenge.request().sender();
      benchmark
          .server
          .store()
          .approve(
              challenge.request().requestId(), AllowTerms.NONE, false, BenchmarkServer.OPERATOR);
    }
  }

  @Benchmark
  public int revoke(Admitted admitted) {
    return server.store().revoke(admitted.sender, BenchmarkServer.OPERATOR);
  }

  /** An admitted sender that was written with bare JDBC. */
  @State(Scope.Thread)
  public static class BareAdmitted {

    private String account;

    @Setup(Level.Invocation)
    public void make(WriteBenchmark benchmark) throws SQLException {
      account = "a" + ++benchmark.number;
      benchmark.bare.approve(benchmark.bare.create(account, "+491234567"));
    }
  }

  @Benchmark
  public void revokeFloor(BareAdmitted admitted) throws SQLException {
    bare.revoke(admitted.account, "+491234567");
  }
}
