/**
 * Imports senders from other systems. A source only reads and passes senders on as they are written
 * there; the server's adapters decide on their ids. Sources are not trusted: files have limits,
 * links inside a directory are not followed, databases are read from a copy.
 */
package dev.nexo.pairing.cli.importer;
