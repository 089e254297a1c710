/** Implements the subcommands of {@code nexo-pair}, one class for each. */
package dev.nexo.pairing.cli.command;
