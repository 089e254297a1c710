/**
 * The database: SQLite and PostgreSQL engines, transactions, migrations, paging and health. Knows
 * nothing about pairings.
 */
package dev.nexo.pairing.database;
