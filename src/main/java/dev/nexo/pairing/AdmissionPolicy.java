package dev.nexo.pairing;

/**
 * Whether unknown senders are challenged on an account.
 *
 * @param autoChallenge true: unknown senders are challenged; false, the default of the
 *     configuration as in Nexo: every sender is admitted who is not rejected, denied or blocked
 */
public record AdmissionPolicy(boolean autoChallenge) {

  /** Unknown senders are challenged. */
  public static final AdmissionPolicy CHALLENGE = new AdmissionPolicy(true);

  /** Unknown senders are admitted. */
  public static final AdmissionPolicy ADMIT_EVERYONE = new AdmissionPolicy(false);
}
