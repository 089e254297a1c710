/** What other modules implement: channel adapters, and listeners of decisions and tokens. */
package dev.nexo.pairing.spi;
