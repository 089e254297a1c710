package dev.nexo.pairing.cli.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an import does, known before anything is changed. For one thread.
 *
 * @param fresh who is put into allow-from, by the server's id, in the order they were found
 * @param present who is there already
 * @param refused what is not imported, each with its reason
 * @param counts what was only counted, by kind
 */
record ImportPlan(
    List<Candidate> fresh,
    List<Candidate> present,
    List<RejectedCandidate> refused,
    Map<String, Integer> counts) {

  /** A plan of nothing but what the source itself told. */
  static ImportPlan of(SourceContents findings) {
    return new ImportPlan(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(findings.refusals()),
        new LinkedHashMap<>(findings.counts()));
  }
}
