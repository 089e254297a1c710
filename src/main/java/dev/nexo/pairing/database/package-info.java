/**
 * Access to the database: SQLite and PostgreSQL engines, transactions, migrations, paging and
 * health. Independent of pairings.
 *
 * <p>Each table is accessed in one way. Pending requests, allow-from, setup codes and signing keys
 * are entities, which Hibernate loads and stores ({@link dev.nexo.pairing.database.Database#read}).
 * All other tables, and the measured statements on pending requests and allow-from, are SQL through
 * JDBC ({@link dev.nexo.pairing.database.StatementCache}), because a statement costs about 50 µs
 * through Hibernate and about 5 µs as a kept statement. A new table is a JDBC table, unless its
 * rows are loaded, changed in Java and stored (ADR 23).
 */
package dev.nexo.pairing.database;
