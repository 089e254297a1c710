/** The database: its migrations, its transactions, and what is kept in it. */
package dev.nexo.pairing.store;
