/** What another module implements to bring a channel of its own. */
package dev.nexo.pairing.spi;
