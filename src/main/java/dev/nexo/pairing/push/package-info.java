/**
 * Tells browsers of new requests by Web Push: their subscriptions, the encrypted messages, and the
 * tokens with which notifications decide.
 */
package dev.nexo.pairing.push;
