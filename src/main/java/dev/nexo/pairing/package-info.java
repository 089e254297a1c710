/**
 * What another module injects or receives: the gate, the intake, the store, setup codes and
 * sessions, the adapter registry, and the values they speak in.
 *
 * <p>This package needs the JDK and nothing else, so that an adapter or a consumer compiles against
 * it alone. Values are immutable and safe to share between threads; the interfaces say so for
 * themselves. Words are those of the pairing contract, section 1.
 */
package dev.nexo.pairing;
