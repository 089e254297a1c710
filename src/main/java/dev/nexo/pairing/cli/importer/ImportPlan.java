package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.client.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The changes of an import, determined before anything is changed. For one thread.
 *
 * @param fresh the senders to admit, by the server's id, in the order of the source
 * @param present the senders who are admitted already
 * @param refused what is not imported, each with its reason
 * @param counts what was only counted, by kind
 * @param warnings what the operator should check about the senders to admit, as the server sends it
 */
record ImportPlan(
    List<Candidate> fresh,
    List<Candidate> present,
    List<RejectedCandidate> refused,
    Map<String, Integer> counts,
    Set<JsonObject> warnings) {

  /** Creates a plan with only the source's own refusals and counts. */
  static ImportPlan of(SourceContents findings) {
    return new ImportPlan(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(findings.refusals()),
        new LinkedHashMap<>(findings.counts()),
        new LinkedHashSet<>());
  }

  /** Adds a sender to admit, with the warnings that the server gave about them. */
  void admit(Candidate candidate, JsonObject answer) {
    fresh.add(candidate);
    warnings.addAll(Json.array(answer, "warnings").getValuesAs(JsonObject.class));
  }

  /** Adds a candidate to the refused ones. */
  void refuse(Candidate candidate, String reason) {
    refused.add(new RejectedCandidate(candidate.where(), candidate.senderId(), reason));
  }
}
