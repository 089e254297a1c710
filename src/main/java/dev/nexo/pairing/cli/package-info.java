/** Starts the command-line programs {@code nexo-pair} and {@code nexo-companion}. */
package dev.nexo.pairing.cli;
