package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.KeyRotation;
import dev.nexo.pairing.companion.PublicUrlUnknownException;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.companion.SetupCodeRequest;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.SetupCodeStore;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.platform.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Setup codes in memory, named {@code setup-1} and on; some are there from the start. */
@Component
public class FakeSetupCodes implements SetupCodeStore {

  /** A label for which no URL is known. */
  public static final String LOOPBACK = "only-loopback";

  /** A label for which the key is unfit. */
  public static final String BAD_KEY = "bad-key";

  /** One that a companion redeemed. */
  public static final String REDEEMED = "was-redeemed";

  /** An expired setup code. */
  public static final String EXPIRED = "ran-out";

  /** One that waits for its companion. */
  public static final String ISSUED = "is-waiting";

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

  private final Map<String, SetupCodeStatus> codes = new ConcurrentHashMap<>();
  private int started;

  /** Puts in what is there from the start. */
  public FakeSetupCodes() {
    put(REDEEMED, SetupCodeState.REDEEMED, "Kitchen", "session-1");
    put(EXPIRED, SetupCodeState.EXPIRED, null, null);
    put(ISSUED, SetupCodeState.ISSUED, null, null);
  }

  /** How many codes were started. */
  public synchronized int started() {
    return started;
  }

  @Override
  public synchronized IssuedSetupCode start(SetupCodeRequest request, Actor by) {
    String label = request.deviceLabel();
    FailingDependencies.mayCome(label);
    if (LOOPBACK.equals(label)) {
      throw new PublicUrlUnknownException(List.of("Set pairing.public_url", "nexo-pair seed …"));
    }
    if (BAD_KEY.equals(label)) {
      throw new SigningKeyException("/secret/pairing.key has 31 bytes", null);
    }
    boolean own = request.publicUrl() != null;
    if (own && request.publicUrl().startsWith("ws:")) {
      throw new InvalidValueException("public_url", "must be wss:// for that host");
    }
    Duration ttl = request.ttl() == null ? Duration.ofSeconds(60) : request.ttl();
    String id = "setup-" + ++started;
    put(id, SetupCodeState.ISSUED, label, null);
    return new IssuedSetupCode(
        id,
        new SetupCode(
            own ? request.publicUrl() : "wss://nexo.example.com/pair",
            new BootstrapToken("claims.of-" + request.profile()),
            AT.plus(ttl)),
        own ? "--public-url" : "pairing.public_url",
        "payload-of-" + id);
  }

  @Override
  public Optional<SetupCodeStatus> find(String setupId) {
    FailingDependencies.mayCome(setupId);
    return Optional.ofNullable(codes.get(setupId));
  }

  @Override
  public Optional<SetupCodeStatus> cancel(String setupId, Actor by) {
    FailingDependencies.mayCome(setupId);
    return Optional.ofNullable(
        codes.computeIfPresent(
            setupId,
            (id, now) ->
                now.state() == SetupCodeState.ISSUED
                    ? new SetupCodeStatus(
                        id, SetupCodeState.CANCELLED, now.deviceLabel(), now.expiresAt(), null)
                    : now));
  }

  @Override
  public KeyRotation rotateKey(Actor by) {
    return new KeyRotation("ab".repeat(32), AT.plusSeconds(60));
  }

  private void put(String id, SetupCodeState state, String label, String sessionId) {
    codes.put(id, new SetupCodeStatus(id, state, label, AT.plusSeconds(60), sessionId));
  }
}
