/** What commands share on a terminal: output, tables, times, errors. */
package dev.nexo.pairing.cli.terminal;
