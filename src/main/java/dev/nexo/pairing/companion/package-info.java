/**
 * Setup codes, bootstrap tokens, sessions and device keys of companion apps.
 *
 * <p>An operator hands out a setup code ({@link dev.nexo.pairing.companion.SetupCodeStore}). The
 * companion redeems the bootstrap token in it once and holds a session ({@link
 * dev.nexo.pairing.companion.PairingSessionStore}). This package needs only the JDK.
 */
package dev.nexo.pairing.companion;
