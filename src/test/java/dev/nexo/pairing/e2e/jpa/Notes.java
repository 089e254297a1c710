package dev.nexo.pairing.e2e.jpa;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.PairingGate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Asks the gate and stores notes in a transaction of the application. */
@ApplicationScoped
@Transactional
public class Notes {

  @Inject PairingGate gate;

  @PersistenceContext(unitName = "notes")
  EntityManager notes;

  /** Writes a note. Returns the gate's decision, the number of notes, and the provider. */
  public String write(String sender) {
    Decision decision = gate.shouldAdmit("whatsapp", null, sender, AdmissionPolicy.CHALLENGE);
    notes.persist(new Note(sender));
    long count = notes.createQuery("select count(n) from Note n", Long.class).getSingleResult();
    return "%s %d %s"
        .formatted(
            decision.getClass().getSimpleName(),
            count,
            notes.getDelegate().getClass().getPackageName());
  }
}
