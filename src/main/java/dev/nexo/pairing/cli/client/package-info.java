/** Calls the server's HTTP API for the command line: requests, JSON and credentials. */
package dev.nexo.pairing.cli.client;
