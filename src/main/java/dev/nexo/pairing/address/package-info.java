/** IP addresses of callers: trusted proxies, forwarded headers, and limits by address. */
package dev.nexo.pairing.address;
