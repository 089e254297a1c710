/**
 * The companion without a screen, {@code nexo-companion}: reads a setup code, exchanges it over the
 * WebSocket and stores the session. It never knows the operator's password and does not trust the
 * server.
 */
package dev.nexo.pairing.cli.companion;
