package dev.nexo.pairing.companion;

/**
 * A companion's proof that it holds a device key. Nothing in it has been checked.
 *
 * @param key the public key
 * @param challenge the challenge that was signed
 * @param signature 64 bytes in base64url without padding: Ed25519 over {@code "nexo-pairing/v1"}, a
 *     zero byte, the bytes of the challenge, a zero byte, and the SHA-256 of the token that is
 *     presented with it ({@code protocol.md#sessions})
 */
public record DeviceProof(DeviceKey key, DeviceChallenge challenge, String signature) {}
