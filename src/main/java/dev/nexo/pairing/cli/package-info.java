/** Entry points of the command line, {@code nexo-pair} and {@code nexo-companion}. */
package dev.nexo.pairing.cli;
