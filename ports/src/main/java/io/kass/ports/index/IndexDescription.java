package io.kass.ports.index;

import java.time.Duration;
import java.util.Set;

/**
 * What an index holds and what it can do. Vectors of another model, dimension or metric never meet
 * it: a mismatch is refused when it is opened and before the first write.
 *
 * @param id made at random when the index is created, so that notes about one index are never taken
 *     for notes about another; empty while nothing was ever written
 * @param model id of the embedding model of its vectors
 * @param dimension length of its vectors
 * @param metric how it compares them
 * @param chunker id and version of the chunkers its chunks were cut by
 * @param revision changes whenever what a reader sees changes
 * @param chunks how many chunks a reader sees
 * @param modes the legs it can search
 * @param ownIds whether it stores records under the chunk key itself
 * @param visibilityDelay how long a committed write may stay unseen by a search
 * @param sentenceVectors whether it keeps vectors of sentences
 */
public record IndexDescription(
    String id,
    String model,
    int dimension,
    Metric metric,
    String chunker,
    String revision,
    long chunks,
    Set<SearchMode> modes,
    boolean ownIds,
    Duration visibilityDelay,
    boolean sentenceVectors) {
  public IndexDescription {
    modes = Set.copyOf(modes);
  }
}
