/**
 * Internal interfaces between the packages of this module: readiness and doctor checks, console
 * logins, shared secrets, limits. They are not in the API jar and may change at any time.
 */
package dev.nexo.pairing.internal;
