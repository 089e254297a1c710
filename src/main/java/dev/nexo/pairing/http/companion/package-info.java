/**
 * REST resources for companions ({@code http-api.md#companions}). Companions have no account: they
 * authenticate with the token in the header only, and all invalid tokens get the same answer.
 */
package dev.nexo.pairing.http.companion;
