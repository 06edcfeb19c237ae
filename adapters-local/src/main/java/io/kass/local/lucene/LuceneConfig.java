package io.kass.local.lucene;

import io.kass.ports.error.KassException.Misconfigured;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the index is kept and searched. The defaults of the search were measured; see the decision
 * record on the embedded index.
 *
 * @param directory where it lives, in the data directory unless it begins with {@code /}; made by
 *     the first write
 * @param exactLimit up to so many chunks with vectors all of them are compared; above, a graph
 *     (HNSW) is asked
 * @param graphSegment segments with fewer vectors have no graph; they are compared one by one
 * @param graphConnections links of a node in the graph
 * @param graphBeam candidates looked at when a node is linked
 * @param graphCandidates the least number of neighbours the graph is asked for, since it finds the
 *     first few better when asked for more
 * @param ramBufferMegabytes what a writer keeps in memory before it makes a segment
 * @param bufferedChunks how many chunks a replacement keeps in memory; more go to a file
 * @param mergeWait how long closing waits for segments that are just being merged
 * @param bm25K1 how soon a repeated word counts no more
 * @param bm25B how much a long chunk is held against it
 * @param exactBoost weight of words as they were written beside words as they were analysed
 * @param titleBoost weight of headings and file names beside the text
 */
public record LuceneConfig(
    Path directory,
    int exactLimit,
    int graphSegment,
    int graphConnections,
    int graphBeam,
    int graphCandidates,
    int ramBufferMegabytes,
    int bufferedChunks,
    Duration mergeWait,
    double bm25K1,
    double bm25B,
    double exactBoost,
    double titleBoost) {
  public LuceneConfig {
    require(exactLimit >= 0, "exact-limit is 0 or more");
    require(graphSegment >= 1, "graph-segment is 1 or more");
    require(graphConnections >= 2 && graphConnections <= 512, "graph-connections is 2 to 512");
    require(graphBeam >= 10 && graphBeam <= 3200, "graph-beam is 10 to 3200");
    require(graphCandidates >= 1, "graph-candidates is 1 or more");
    require(
        ramBufferMegabytes >= 1 && ramBufferMegabytes <= 2047, "ram-buffer-megabytes is 1 to 2047");
    require(bufferedChunks >= 1, "buffered-chunks is 1 or more");
    require(!mergeWait.isNegative(), "merge-wait is not negative");
    require(bm25K1 >= 0 && Double.isFinite(bm25K1), "bm25-k1 is 0 or more");
    require(bm25B >= 0 && bm25B <= 1, "bm25-b is 0 to 1");
    require(exactBoost >= 0 && Double.isFinite(exactBoost), "exact-boost is 0 or more");
    require(titleBoost >= 0 && Double.isFinite(titleBoost), "title-boost is 0 or more");
  }

  /** The defaults: {@code index} in the data directory. */
  public static final LuceneConfig DEFAULTS = in(Path.of("index"));

  /** The same for an index in this data directory. */
  public LuceneConfig under(Path data) {
    return new LuceneConfig(
        data.resolve(directory),
        exactLimit,
        graphSegment,
        graphConnections,
        graphBeam,
        graphCandidates,
        ramBufferMegabytes,
        bufferedChunks,
        mergeWait,
        bm25K1,
        bm25B,
        exactBoost,
        titleBoost);
  }

  /** The defaults, for an index in this directory. */
  static LuceneConfig in(Path directory) {
    return new LuceneConfig(
        directory,
        50_000,
        10_000,
        16,
        100,
        100,
        32,
        1_000,
        Duration.ofSeconds(2),
        1.2,
        0.75,
        0.3,
        0.3);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Misconfigured("Setting of the index out of range: " + otherwise + ".");
    }
  }
}
