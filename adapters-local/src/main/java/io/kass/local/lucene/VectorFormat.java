package io.kass.local.lucene;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own format of vectors, which leaves out the graph while the index is small enough to
 * compare with every vector: building it is most of the work of writing them. Segments are read by
 * Lucene itself, by the name of its format.
 */
final class VectorFormat extends KnnVectorsFormat {
  /** Kept of each segment: whether it was written when graphs were wanted. */
  private static final String GRAPH_ATTRIBUTE = "kass.graph";

  private static final int LARGEST_DIMENSION = 4096;

  private final KnnVectorsFormat withGraph;
  private final KnnVectorsFormat withoutGraph;
  private final BooleanSupplier wantsGraphs;

  /** The format, as long as {@code wantsGraphs} says so with graphs. */
  VectorFormat(LuceneConfig config, BooleanSupplier wantsGraphs) {
    super("Lucene99HnswVectorsFormat");
    this.wantsGraphs = wantsGraphs;
    int connections = config.graphConnections();
    int beam = config.graphBeam();
    withGraph = new Lucene99HnswVectorsFormat(connections, beam, threshold(config.graphSegment()));
    withoutGraph = new Lucene99HnswVectorsFormat(connections, beam, Integer.MAX_VALUE);
  }

  /**
   * Lucene leaves out the graph of a segment of n vectors when n is no more than this times the
   * natural logarithm of n.
   */
  private static int threshold(int segmentSize) {
    return (int) Math.max(1, segmentSize / Math.log(Math.max(segmentSize, 3)));
  }

  /** Lucene's codec with this format for vectors. */
  static Lucene104Codec codec(LuceneConfig config, BooleanSupplier wantsGraphs) {
    var format = new VectorFormat(config, wantsGraphs);
    return new Lucene104Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }

  /** Whether the segment was written when graphs were wanted. */
  static boolean wantedGraph(SegmentCommitInfo segment) {
    return "true".equals(segment.info.getAttribute(GRAPH_ATTRIBUTE));
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    boolean graph = wantsGraphs.getAsBoolean();
    state.segmentInfo.putAttribute(GRAPH_ATTRIBUTE, Boolean.toString(graph));
    return (graph ? withGraph : withoutGraph).fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return withGraph.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String field) {
    return LARGEST_DIMENSION;
  }
}
