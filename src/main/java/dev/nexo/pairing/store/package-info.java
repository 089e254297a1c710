/**
 * The database: its migrations, its transactions, and what is kept in it.
 *
 * <p>The room owns its database whole: Hibernate is built here in code, and every change is one
 * explicit transaction that is durable when the call returns, whatever transaction the caller is
 * in.
 */
package dev.nexo.pairing.store;
