/**
 * The calls of companions ({@code http-api.md#companions}). They have no account: the token in the
 * header is the only proof, and all invalid tokens get the same answer.
 */
package dev.nexo.pairing.http.companion;
