/**
 * The test kit: {@link dev.nexo.pairing.testkit.InMemoryPairing} stands in for the module in the
 * unit tests of an application, and the contracts are suites that every implementation passes, the
 * one in memory and those on SQLite and PostgreSQL.
 *
 * <p>Needs the API and the JDK; the contracts also need JUnit 5.
 */
package dev.nexo.pairing.testkit;
