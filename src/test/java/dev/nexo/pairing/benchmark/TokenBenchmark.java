package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.TokenCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Signing and verifying a bootstrap token by the codec, beside the least the JDK needs for it. All
 * four read the clock, and both that sign draw a nonce.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {

  private static final String PROFILE = "companion-v1";
  private static final String LABEL = "Ana's phone";
  private static final Duration TTL = Duration.ofHours(24);

  private SigningKey key;
  private TokenFloor floor;
  private String token;

  @Setup(Level.Trial)
  public void make() {
    byte[] bytes = new byte[SigningKey.LENGTH];
    key = new SigningKey(bytes);
    floor = new TokenFloor(bytes);
    token = floor.issue(PROFILE, Instant.now().plus(TTL), LABEL);
    if (!(verifyCodec() instanceof TokenCheck.Valid) || !verifyFloor()) {
      throw new IllegalStateException("What is measured does not work");
    }
  }

  @Benchmark
  public BootstrapToken signCodec() {
    return BootstrapTokens.sign(key, PROFILE, Instant.now().plus(TTL), floor.nonce(), LABEL);
  }

  @Benchmark
  public String issueFloor() {
    return floor.issue(PROFILE, Instant.now().plus(TTL), LABEL);
  }

  @Benchmark
  public TokenCheck verifyCodec() {
    return BootstrapTokens.verify(new BootstrapToken(token), List.of(key), Instant.now());
  }

  @Benchmark
  public boolean verifyFloor() {
    return floor.verify(token, Instant.now());
  }
}
