package dev.nexo.pairing.ws;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.ws.FrameJson.MalformedFrameException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what is said on one connection (contract, section 8): first the token, then, where a
 * device key came with it, the signature, then nothing more. Knows no WebSocket.
 *
 * <p>A token is looked at once, and after the proof: until then, a connection with a device key
 * learns nothing about it. Wrong tokens count as failures of the address, and so does whatever else
 * keeps a connection without proving anything. Not thread-safe; the steps come one after another.
 */
final class Handshake {

  /** What is awaited from the peer. */
  enum Stage {
    /** The bootstrap token. */
    TOKEN,
    /** The signature over the challenge. */
    SIGNATURE,
    /** Nothing: refused, paired, or kept. */
    DONE
  }

  private static final System.Logger LOG = System.getLogger(Handshake.class.getName());

  private final PairingSessionStore sessions;
  private final AttemptLimiter limiter;
  private final String address;
  private boolean keep;
  private Stage stage = Stage.TOKEN;
  private BootstrapToken token;
  private DeviceKey deviceKey;
  private DeviceChallenge challenge;

  /**
   * Begins.
   *
   * @param address the peer's IP address, by which failures are counted
   * @param keep whether the peer has asked already to stay connected
   */
  Handshake(PairingSessionStore sessions, AttemptLimiter limiter, String address, boolean keep) {
    this.sessions = sessions;
    this.limiter = limiter;
    this.address = address;
    this.keep = keep;
  }

  /** The token came with the upgrade. */
  HandshakeStep bearer(BootstrapToken bearer) {
    return guarded(() -> redeem(bearer, null));
  }

  /** A text frame came. */
  HandshakeStep text(String frame) {
    return switch (stage) {
      case TOKEN -> guarded(() -> first(FirstFrame.read(frame)));
      case SIGNATURE -> guarded(() -> signature(frame));
      case DONE -> HandshakeStep.NOTHING;
    };
  }

  /** A binary frame came; who is kept may say what it likes, nobody listens. */
  HandshakeStep binary() {
    return stage == Stage.DONE ? HandshakeStep.NOTHING : fail(CloseFrame.BINARY);
  }

  /** More came than anybody may say, kept or not. */
  HandshakeStep tooBig() {
    return stage == Stage.DONE ? end(CloseFrame.TOO_BIG) : fail(CloseFrame.TOO_BIG);
  }

  /** Time is up for what was awaited; nothing where it came meanwhile. */
  HandshakeStep late(Stage awaited) {
    if (stage != awaited) {
      return HandshakeStep.NOTHING;
    }
    return fail(awaited == Stage.SIGNATURE ? CloseFrame.NO_SIGNATURE : CloseFrame.NO_TOKEN);
  }

  private HandshakeStep first(FirstFrame frame) {
    keep |= frame.keep();
    if (frame.deviceKey().isEmpty()) {
      return redeem(frame.token(), null);
    }
    challenge = sessions.blindChallenge(frame.token());
    token = frame.token();
    deviceKey = frame.deviceKey().get();
    stage = Stage.SIGNATURE;
    return new HandshakeStep.Ask(FrameJson.write("challenge", challenge.value()));
  }

  private HandshakeStep signature(String frame) {
    String signature = FirstFrame.string(FrameJson.read(frame), "signature");
    return redeem(token, new DeviceProof(deviceKey, challenge, signature));
  }

  private HandshakeStep redeem(BootstrapToken presented, DeviceProof proof) {
    Redemption outcome = sessions.redeem(presented, proof);
    if (outcome instanceof Redemption.Opened opened) {
      stage = Stage.DONE;
      return keep
          ? new HandshakeStep.Keep(CloseFrame.sessionToken(opened.token()), opened.session())
          : new HandshakeStep.End(CloseFrame.paired(opened.token()));
    }
    return fail(CloseFrame.REFUSED);
  }

  /** Fails closed: whatever goes wrong, the connection ends. */
  private HandshakeStep guarded(Supplier<HandshakeStep> step) {
    Optional<AttemptLimiter.Attempt> reserved = limiter.reserve(address);
    if (reserved.isEmpty()) {
      return end(CloseFrame.LOCKED);
    }
    try (AttemptLimiter.Attempt attempt = reserved.get()) {
      return step.get();
    } catch (MalformedFrameException e) {
      return fail(CloseFrame.malformed(e.getMessage()));
    } catch (StorageUnavailableException | SigningKeyException e) {
      return end(CloseFrame.NO_STORAGE);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A handshake failed", e);
      return end(CloseFrame.FAULT);
    }
  }

  private HandshakeStep fail(CloseFrame closing) {
    limiter.failed(address);
    return end(closing);
  }

  private HandshakeStep end(CloseFrame closing) {
    stage = Stage.DONE;
    return new HandshakeStep.End(closing);
  }
}
