package dev.nexo.pairing.e2e.jpa;

import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** A note; an entity of the application's own. */
@Entity
public class Note {

  @Id @GeneratedValue private long id;

  /** Lazy, so that a provider that weaves has something to do. */
  @Basic(fetch = FetchType.LAZY)
  private String text;

  /** For the provider. */
  protected Note() {}

  /** A note. */
  public Note(String text) {
    this.text = text;
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** What it says. */
  public String text() {
    return text;
  }
}
