/** Redeems bootstrap tokens and keeps the sessions of companions. */
package dev.nexo.pairing.session;
