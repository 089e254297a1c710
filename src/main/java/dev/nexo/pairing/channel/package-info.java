/**
 * The channels: which adapter speaks for which, and how a challenge reaches its sender.
 *
 * <p>A challenge is written into the outbox by the transaction that makes its request; this room
 * alone takes it out and hands it over, so that a broker that is away, a process that dies and an
 * adapter that hangs cost time and never a challenge (contract, section 5).
 */
package dev.nexo.pairing.channel;
