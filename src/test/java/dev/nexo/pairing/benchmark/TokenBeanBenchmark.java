package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.TokenCheck;
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

/**
 * Issuing and verifying through the bean that other modules inject, key ring, metrics and all; its
 * floors are those of {@link TokenBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBeanBenchmark {

  private static final String URL = "wss://nexo.example.com/pair";
  private static final Duration TTL = Duration.ofHours(24);

  private BenchmarkServer server;
  private SetupCodeIssuer issuer;
  private BootstrapToken token;

  @Setup(Level.Trial)
  public void open() {
    server = new BenchmarkServer();
    issuer = server.get(SetupCodeIssuer.class);
    token = issue().bootstrapToken();
    if (!(verify() instanceof TokenCheck.Valid)) {
      throw new IllegalStateException("What is measured does not work");
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    server.close();
  }

  @Benchmark
  public SetupCode issue() {
    return issuer.issue(URL, SetupCodeIssuer.DEFAULT_PROFILE, TTL, "Ana's phone");
  }

  @Benchmark
  public TokenCheck verify() {
    return issuer.verify(token);
  }
}
