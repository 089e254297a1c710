/** An application of another team, with its own channel adapter. */
package dev.nexo.pairing.e2e.discord;
