package io.kass.local.lucene;

import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.index.Metric;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.util.StringHelper;

/**
 * What an index was built for, as it is kept in every commit.
 *
 * @param id made at random when the index is created
 * @param model id of the embedding model
 * @param dimension length of the vectors
 * @param metric how vectors compare
 * @param chunker id and version of the chunkers
 */
record IndexIdentity(String id, String model, int dimension, Metric metric, String chunker) {
  /** Raised when fields or their analysis change so that an older index no longer fits. */
  private static final String FORMAT = "1";

  /** An identity for an index that is about to be created. */
  IndexIdentity create() {
    return new IndexIdentity(
        StringHelper.idToString(StringHelper.randomId()), model, dimension, metric, chunker);
  }

  Map<String, String> toCommitData() {
    var data = new TreeMap<String, String>();
    data.put("kass.format", FORMAT);
    data.put("kass.id", id);
    data.put("kass.model", model);
    data.put("kass.dimension", Integer.toString(dimension));
    data.put("kass.metric", metric.name());
    data.put("kass.chunker", chunker);
    return data;
  }

  /**
   * The identity of a committed index, which has to be what is wanted but for its id.
   *
   * @throws Misconfigured when it is not
   */
  static IndexIdentity checked(Map<String, String> data, IndexIdentity wanted, Path directory) {
    String id = data.getOrDefault("kass.id", "");
    Map<String, String> expected =
        new IndexIdentity(id, wanted.model(), wanted.dimension(), wanted.metric(), wanted.chunker())
            .toCommitData();
    for (Map.Entry<String, String> entry : expected.entrySet()) {
      String found = data.getOrDefault(entry.getKey(), "(not stated)");
      if (!found.equals(entry.getValue())) {
        throw new Misconfigured(
            ("The index in %s was built for the %s '%s', not for '%s'. Rebuild it with kass ingest "
                    + "--rebuild PATH..., or go back to the setting it was built for.")
                .formatted(
                    directory,
                    entry.getKey().substring("kass.".length()),
                    found,
                    entry.getValue()));
      }
    }
    return new IndexIdentity(
        id, wanted.model(), wanted.dimension(), wanted.metric(), wanted.chunker());
  }
}
