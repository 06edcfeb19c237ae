package io.kass.local.lucene;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's usual merges, and the writing anew of large segments from the time before graphs were
 * wanted, one at a time.
 */
final class GraphMerges extends FilterMergePolicy {
  private final int graphSegment;
  private final BooleanSupplier wantsGraphs;

  GraphMerges(int graphSegment, BooleanSupplier wantsGraphs) {
    super(new TieredMergePolicy());
    this.graphSegment = graphSegment;
    this.wantsGraphs = wantsGraphs;
  }

  @Override
  public @Nullable MergeSpecification findMerges(
      MergeTrigger trigger, SegmentInfos segments, MergePolicy.MergeContext context)
      throws IOException {
    MergeSpecification usual = super.findMerges(trigger, segments, context);
    if (usual != null || !wantsGraphs.getAsBoolean()) {
      return usual;
    }
    Set<SegmentCommitInfo> merging = context.getMergingSegments();
    for (SegmentCommitInfo segment : segments) {
      if (segment.info.maxDoc() >= graphSegment
          && !VectorFormat.wantedGraph(segment)
          && !merging.contains(segment)) {
        var renewal = new MergeSpecification();
        renewal.add(new OneMerge(List.of(segment)));
        return renewal;
      }
    }
    return null;
  }
}
