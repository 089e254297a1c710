/**
 * Interfaces between the packages of this module that are no API: health and doctor checks, console
 * logins, shared secrets, limits. They are not in the api jar and may change at any time.
 */
package dev.nexo.pairing.internal;
