package dev.nexo.pairing.companion;

import java.util.List;

/**
 * Nobody has said where companions reach this server, and its own loopback address is of no use to
 * them (contract, section 7).
 */
public final class PublicUrlUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> remedies;

  /**
   * Says what is missing.
   *
   * @param remedies what to do, one way out a line
   */
  public PublicUrlUnknownException(List<String> remedies) {
    super("Companions need a URL that is not this machine's own loopback address");
    this.remedies = List.copyOf(remedies);
  }

  /**
   * The ways out, a line each: the settings that name a URL, then the command that lets a sender in
   * without a companion, for every account that is known.
   */
  public List<String> remedies() {
    return remedies;
  }
}
