/** Terminal output of all commands: tables, times, progress, errors. */
package dev.nexo.pairing.cli.terminal;
