/** The HTTP client of the command line, its JSON and its credentials. */
package dev.nexo.pairing.cli.client;
