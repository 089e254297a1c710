package dev.nexo.pairing.cli.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of an import, determined before anything is changed. For one thread.
 *
 * @param fresh the senders to admit, by the server's id, in the order of the source
 * @param present the senders who are admitted already
 * @param refused what is not imported, each with its reason
 * @param counts what was only counted, by kind
 */
record ImportPlan(
    List<Candidate> fresh,
    List<Candidate> present,
    List<RejectedCandidate> refused,
    Map<String, Integer> counts) {

  /** Creates a plan with only the source's own refusals and counts. */
  static ImportPlan of(SourceContents findings) {
    return new ImportPlan(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(findings.refusals()),
        new LinkedHashMap<>(findings.counts()));
  }

  /** Adds a candidate to the refused ones. */
  void refuse(Candidate candidate, String reason) {
    refused.add(new RejectedCandidate(candidate.where(), candidate.senderId(), reason));
  }
}
