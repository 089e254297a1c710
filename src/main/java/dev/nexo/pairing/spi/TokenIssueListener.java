package dev.nexo.pairing.spi;

/**
 * Is notified of every bootstrap token issued, on the thread that asked. A plain call and no CDI
 * event, which would take as long as issuing. Implementations are CDI beans, quick, and do not
 * throw.
 */
public interface TokenIssueListener {

  /** A token was issued with this profile. */
  void issued(String profile);
}
