package dev.nexo.pairing;

/**
 * Whether strangers on an account are held back.
 *
 * @param autoChallenge true: an unknown sender is challenged; false (as in Nexo, the default of the
 *     configuration): everybody is admitted who is not rejected, denied or blocked
 */
public record AdmissionPolicy(boolean autoChallenge) {

  /** Strangers are challenged. */
  public static final AdmissionPolicy CHALLENGE = new AdmissionPolicy(true);

  /** Strangers are admitted. */
  public static final AdmissionPolicy ADMIT_EVERYONE = new AdmissionPolicy(false);
}
