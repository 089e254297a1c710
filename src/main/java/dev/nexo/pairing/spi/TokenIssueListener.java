package dev.nexo.pairing.spi;

/**
 * Is notified of every bootstrap token that is issued, on the calling thread. It is called
 * directly, because firing a CDI event takes as long as issuing. Implementations are CDI beans,
 * return quickly, and throw no exceptions.
 */
public interface TokenIssueListener {

  /** A token was issued with this profile. */
  void issued(String profile);
}
