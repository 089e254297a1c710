/**
 * Authenticates HTTP callers: Basic credentials, the console's cookie, the server's own registry.
 */
package dev.nexo.pairing.http.auth;
