package dev.nexo.pairing.database;

/** Whether a transaction runs while no other server writes. */
enum Turn {
  /**
   * It takes the one turn of all servers, so what it reads is still true when it writes. For every
   * change that depends on what it has read.
   */
  ALL,

  /**
   * It takes no turn on PostgreSQL, so it neither waits for changes nor delays them. For statements
   * that are correct in any order. SQLite has one writer at a time anyway.
   */
  NONE
}
