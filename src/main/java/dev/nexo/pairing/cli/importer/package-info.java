/**
 * Imports senders from other systems. A source only reads, and passes sender ids on unchanged; the
 * server's adapters normalize them. Sources are not trusted: files have limits, links inside a
 * directory are not followed, databases are read from a copy.
 */
package dev.nexo.pairing.cli.importer;
