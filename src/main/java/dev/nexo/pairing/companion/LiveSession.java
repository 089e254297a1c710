package dev.nexo.pairing.companion;

/**
 * A live session with the hash of its current token, so that what an earlier token opened can be
 * recognized.
 *
 * @param session the session
 * @param tokenSha256 the SHA-256 of the token as 64 hexadecimal digits
 */
public record LiveSession(PairingSession session, String tokenSha256) {}
