/** Finds the IP address of a caller behind trusted proxies, and limits callers by address. */
package dev.nexo.pairing.address;
