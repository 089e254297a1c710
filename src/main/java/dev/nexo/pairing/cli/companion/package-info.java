/**
 * A companion without a screen to tap on: {@code nexo-companion} reads a setup code, exchanges it
 * over the WebSocket (contract, sections 6 and 8) and keeps the session it gets. A room within the
 * command line's because it is the other side of the pairing: it never knows the operator's
 * password, and trusts what it is sent no further than a stranger's.
 */
package dev.nexo.pairing.cli.companion;
