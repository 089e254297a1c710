/**
 * Authenticates HTTP callers by Basic credentials, the console's cookie or the server's registry.
 */
package dev.nexo.pairing.http.auth;
