package dev.nexo.pairing.ws;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.ws.FrameJson.MalformedFrameException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides how the server answers one connection ({@code protocol.md#handshake}): first the peer
 * sends a token, of a setup code or of its session; if a device key came with it, the peer signs a
 * challenge; after that the handshake is done. Has no access to the WebSocket. Not thread-safe; the
 * connection calls it one step at a time.
 *
 * <p>The token is validated once, together with the proof of the device key: before that, a peer
 * with a device key learns nothing about its token. An invalid token counts as a failed attempt
 * with that token, unless this server issued it and it has merely ended. Everything else that uses
 * a connection and proves nothing counts as a failed connection of the address.
 */
final class Handshake {

  /** What the server waits for. */
  enum Stage {
    /** The bootstrap token, or the session token. */
    TOKEN,
    /** The signature of the challenge. */
    SIGNATURE,
    /** Nothing; the handshake succeeded or failed. */
    DONE
  }

  /** What the connection must do after a step of the handshake. */
  sealed interface Step {

    /** The only instance of {@link Nothing}. */
    Step NOTHING = new Nothing();

    /** Do nothing. */
    record Nothing() implements Step {}

    /** Send the challenge and wait for the signature. */
    record SendChallenge(String frame) implements Step {}

    /** Send the last frames and close the connection. */
    record Close(CloseFrame closing) implements Step {}

    /**
     * Answer the credential and keep the connection open.
     *
     * @param frame may contain the session token
     * @param session the session that was opened or found
     * @param tokenSha256 as in {@link Credential.Accepted}
     */
    record KeepOpen(String frame, PairingSession session, Optional<String> tokenSha256)
        implements Step {

      /** Omits the frame, because it may contain a token. */
      @Override
      public String toString() {
        return "KeepOpen[session=" + session + "]";
      }
    }
  }

  private static final System.Logger LOG = System.getLogger(Handshake.class.getName());

  private final PairingSessionStore sessions;
  private final AttemptLimiter limiter;
  private final LoginKey connection;
  private boolean keep;
  private Stage stage = Stage.TOKEN;
  private Credential credential;
  private DeviceKey deviceKey;
  private DeviceChallenge challenge;

  /**
   * Creates a handshake that waits for a token.
   *
   * @param address the peer's IP address, for which failures are counted
   * @param keep whether the upgrade request already asked to stay connected
   */
  Handshake(PairingSessionStore sessions, AttemptLimiter limiter, String address, boolean keep) {
    this.sessions = sessions;
    this.limiter = limiter;
    this.connection = LoginKey.connection(address);
    this.keep = keep;
  }

  /** Handles a token that came with the upgrade request. */
  Step bearer(Credential bearer) {
    return guarded(key(bearer), () -> accept(bearer, null));
  }

  /** Handles a text frame. */
  Step text(String frame) {
    return switch (stage) {
      case TOKEN -> first(frame);
      case SIGNATURE -> guarded(key(credential), () -> signature(frame));
      case DONE -> Step.NOTHING;
    };
  }

  /** Handles a binary frame. It is ignored if the handshake is done. */
  Step binary() {
    return stage == Stage.DONE ? Step.NOTHING : fail(CloseFrame.BINARY_FRAME);
  }

  /** Handles a message that is too long. It ends the connection even if the handshake is done. */
  Step tooBig() {
    return stage == Stage.DONE ? end(CloseFrame.TOO_BIG) : fail(CloseFrame.TOO_BIG);
  }

  /** Handles an expired deadline. It is ignored if what the server waited for has come. */
  Step timeOut(Stage awaited) {
    if (stage != awaited) {
      return Step.NOTHING;
    }
    return fail(
        awaited == Stage.SIGNATURE ? CloseFrame.SIGNATURE_TIMEOUT : CloseFrame.TOKEN_TIMEOUT);
  }

  /**
   * Handles the first frame. A token is limited by its own failures alone: what others send from
   * the address without a token does not refuse it.
   */
  private Step first(String text) {
    FirstFrame frame;
    try {
      frame = FirstFrame.read(text);
    } catch (MalformedFrameException e) {
      return guarded(connection, () -> fail(CloseFrame.malformed(e.getMessage())));
    }
    return guarded(key(frame.credential()), () -> first(frame));
  }

  private Step first(FirstFrame frame) {
    keep |= frame.keep();
    if (frame.deviceKey().isEmpty()) {
      return accept(frame.credential(), null);
    }
    credential = frame.credential();
    challenge = credential.challenge(sessions);
    deviceKey = frame.deviceKey().get();
    stage = Stage.SIGNATURE;
    return new Step.SendChallenge(FrameJson.write("challenge", challenge.value()));
  }

  private Step signature(String frame) {
    String signature = FrameJson.string(FrameJson.read(frame), "signature");
    return accept(credential, new DeviceProof(deviceKey, challenge, signature));
  }

  private Step accept(Credential presented, DeviceProof proof) {
    Optional<Credential.Accepted> answer = presented.accept(sessions, proof);
    if (answer.isEmpty()) {
      Duration locked =
          sessions.hasEnded(presented.value())
              ? limiter.ended(key(presented))
              : limiter.failed(key(presented));
      return end(locked.isZero() ? presented.refusal() : CloseFrame.TOO_MANY_FAILURES);
    }
    stage = Stage.DONE;
    limiter.succeeded(key(presented));
    limiter.succeeded(LoginKey.token(connection.address(), answer.get().token().value()));
    return keep
        ? new Step.KeepOpen(
            answer.get().frame(), answer.get().session(), answer.get().tokenSha256())
        : new Step.Close(CloseFrame.done(answer.get().frame(), answer.get().reason()));
  }

  private LoginKey key(Credential presented) {
    return LoginKey.token(connection.address(), presented.value());
  }

  /** Runs a step unless the login is locked. Every exception ends the connection. */
  private Step guarded(LoginKey login, Supplier<Step> step) {
    Optional<AttemptLimiter.Attempt> reserved = limiter.reserve(login);
    if (reserved.isEmpty()) {
      return end(CloseFrame.TOO_MANY_FAILURES);
    }
    try (AttemptLimiter.Attempt attempt = reserved.get();
        StorageBudget budget = StorageBudget.open()) {
      return step.get();
    } catch (MalformedFrameException e) {
      return fail(CloseFrame.malformed(e.getMessage()));
    } catch (StorageUnavailableException | SigningKeyException e) {
      return end(CloseFrame.UNAVAILABLE);
    } catch (RuntimeException e) {
      LogMessage.HANDSHAKE_FAILED.log(LOG, e);
      return end(CloseFrame.SERVER_ERROR);
    }
  }

  private Step fail(CloseFrame closing) {
    limiter.failed(connection);
    return end(closing);
  }

  private Step end(CloseFrame closing) {
    stage = Stage.DONE;
    return new Step.Close(closing);
  }
}
