/** The commands that back up the SQLite database of this machine's server, and restore it. */
package dev.nexo.pairing.cli.backup;
