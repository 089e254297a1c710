package dev.nexo.pairing.e2e.jpa;

import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** An entity of the application. */
@Entity
public class Note {

  @Id @GeneratedValue private long id;

  /** Lazy, so that a provider with weaving has to weave this class. */
  @Basic(fetch = FetchType.LAZY)
  private String text;

  /** Required by the provider. */
  protected Note() {}

  /** Creates a note. */
  public Note(String text) {
    this.text = text;
  }

  /** The number of the note. */
  public long id() {
    return id;
  }

  /** The text of the note. */
  public String text() {
    return text;
  }
}
