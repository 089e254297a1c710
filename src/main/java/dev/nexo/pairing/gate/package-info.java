/**
 * The hot path: who is admitted without asking the database, and what is asked where that is not
 * known. Everything here fails closed.
 */
package dev.nexo.pairing.gate;
