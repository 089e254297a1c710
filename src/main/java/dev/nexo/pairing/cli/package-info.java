/**
 * What people type: the {@code nexo pair} commands over the server's HTTP contract. A room of its
 * own because it runs elsewhere: in a jar without a server, started anew for every command, so that
 * it loads little and holds nothing.
 */
package dev.nexo.pairing.cli;
