/** The subcommands of {@code nexo-pair}. */
package dev.nexo.pairing.cli.command;
