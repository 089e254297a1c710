/**
 * Ways in from another system: whoever was admitted there is admitted here. Each source only reads,
 * and gives senders as they stand there; the server's adapters say what they are called here, and
 * whether at all. Sources may have been written by anybody: files are bounded, links inside a
 * directory are not followed, databases are read from a copy.
 */
package dev.nexo.pairing.cli.importer;
