package dev.nexo.pairing.ws;

import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.SessionToken;
import java.util.Optional;

/**
 * What a companion presents to {@code /pair}: the token of a setup code, or of its session ({@code
 * protocol.md#handshake}). Not validated yet. Immutable.
 */
sealed interface Credential {

  /**
   * Returns the credential in {@code Authorization: Bearer}: a bootstrap token contains a dot, a
   * session token does not ({@code protocol.md#tokens}).
   */
  static Credential ofBearer(String token) {
    return token.indexOf('.') >= 0
        ? new Bootstrap(new BootstrapToken(token))
        : new Resumption(new SessionToken(token));
  }

  /** Returns the secret token. */
  String value();

  /** Returns a challenge for this credential, valid or not. */
  DeviceChallenge challenge(PairingSessionStore sessions);

  /**
   * Uses the credential.
   *
   * @param proof the proof of the device key, or null
   * @return empty if it is not valid
   */
  Optional<Accepted> accept(PairingSessionStore sessions, DeviceProof proof);

  /** Returns the end of the connection if the credential is not valid. */
  CloseFrame refusal();

  /**
   * The answer to a valid credential.
   *
   * @param frame the text frame for the companion
   * @param session the session that was opened or found
   * @param tokenSha256 the hash of the session token that was presented; empty for a new session.
   *     If the session gets another token, the connection is closed
   * @param reason the close reason if the connection is not kept
   * @param token the token with which the companion connects again
   */
  record Accepted(
      String frame,
      PairingSession session,
      Optional<String> tokenSha256,
      String reason,
      SessionToken token) {

    /** Omits the frame, because it may contain a token. */
    @Override
    public String toString() {
      return "Accepted[session=" + session + "]";
    }
  }

  /** The token of a setup code, which is exchanged for a session token. */
  record Bootstrap(BootstrapToken token) implements Credential {

    @Override
    public String value() {
      return token.value();
    }

    @Override
    public DeviceChallenge challenge(PairingSessionStore sessions) {
      return sessions.blindChallenge(token);
    }

    @Override
    public Optional<Accepted> accept(PairingSessionStore sessions, DeviceProof proof) {
      return sessions.redeem(token, proof) instanceof Redemption.Opened opened
          ? Optional.of(
              new Accepted(
                  FrameJson.write("session_token", opened.token().value()),
                  opened.session(),
                  Optional.empty(),
                  "paired",
                  opened.token()))
          : Optional.empty();
    }

    @Override
    public CloseFrame refusal() {
      return CloseFrame.INVALID_TOKEN;
    }
  }

  /** The token of a session, to connect again. */
  record Resumption(SessionToken token) implements Credential {

    @Override
    public String value() {
      return token.value();
    }

    @Override
    public DeviceChallenge challenge(PairingSessionStore sessions) {
      return sessions.blindChallenge(token);
    }

    @Override
    public Optional<Accepted> accept(PairingSessionStore sessions, DeviceProof proof) {
      return sessions
          .resume(token, proof)
          .map(
              session ->
                  new Accepted(
                      FrameJson.session(session),
                      session,
                      Optional.of(Sha256.hex(token.value())),
                      "resumed",
                      token));
    }

    @Override
    public CloseFrame refusal() {
      return CloseFrame.INVALID_SESSION;
    }
  }
}
