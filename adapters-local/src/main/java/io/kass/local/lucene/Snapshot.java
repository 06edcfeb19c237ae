package io.kass.local.lucene;

import io.kass.ports.Audience;
import io.kass.ports.document.DocumentId;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.DocumentStamp;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One committed state of the index, or of an index that does not exist yet. What is counted is
 * counted once. Thread-safe.
 */
final class Snapshot {
  private final IndexReader reader;
  private final IndexSearcher searcher;
  private final String commitFile;
  private final Map<String, String> commitData;
  private final String revision;
  private final Counted<Long> chunks = new Counted<>();
  private final Counted<Long> vectors = new Counted<>();
  private final Counted<Boolean> open = new Counted<>();

  private Snapshot(
      IndexReader reader,
      String commitFile,
      Map<String, String> commitData,
      String revision,
      Similarity similarity) {
    this.reader = reader;
    this.commitFile = commitFile;
    this.commitData = commitData;
    this.revision = revision;
    searcher = new IndexSearcher(reader);
    searcher.setSimilarity(similarity);
    searcher.setQueryCache(null);
  }

  /** An index that nobody has written to. */
  static Snapshot empty(Similarity similarity) throws IOException {
    return new Snapshot(new MultiReader(), "", Map.of(), "empty", similarity);
  }

  static Snapshot of(DirectoryReader reader, Similarity similarity) throws IOException {
    var commit = reader.getIndexCommit();
    Map<String, String> data = commit.getUserData();
    return new Snapshot(
        reader,
        commit.getSegmentsFileName(),
        data,
        data.getOrDefault("kass.id", "") + "-" + reader.getVersion(),
        similarity);
  }

  IndexReader reader() {
    return reader;
  }

  IndexSearcher searcher() {
    return searcher;
  }

  /** The file that this state was read from; gone once another commit has taken its place. */
  String commitFile() {
    return commitFile;
  }

  /** What the index was built for; empty for one that does not exist yet. */
  Map<String, String> commitData() {
    return commitData;
  }

  /** Differs between any two states. */
  String revision() {
    return revision;
  }

  /** How many chunks there are. */
  long chunks() throws IOException {
    return chunks.get(() -> {
      long count = 0;
      for (LeafReaderContext leaf : reader.leaves()) {
        count += leaf.reader().numDocs() - stamps(leaf.reader());
      }
      return count;
    });
  }

  private static long stamps(LeafReader leaf) throws IOException {
    Terms terms = leaf.terms(Fields.STAMP);
    if (terms == null) {
      return 0;
    }
    return leaf.hasDeletions()
        ? live(leaf.getBinaryDocValues(Fields.STAMP_VALUE), leaf.getLiveDocs())
        : terms.getDocCount();
  }

  /** How many chunks have a vector. */
  long vectors() throws IOException {
    return vectors.get(() -> {
      long count = 0;
      for (LeafReaderContext leaf : reader.leaves()) {
        FloatVectorValues values = leaf.reader().getFloatVectorValues(Fields.VECTOR);
        if (values != null) {
          count +=
              leaf.reader().hasDeletions()
                  ? live(values.iterator(), leaf.reader().getLiveDocs())
                  : values.size();
        }
      }
      return count;
    });
  }

  private static long live(@Nullable DocIdSetIterator documents, @Nullable Bits live)
      throws IOException {
    long count = 0;
    if (documents != null) {
      while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        count += live == null || live.get(documents.docID()) ? 1 : 0;
      }
    }
    return count;
  }

  /** Whether everyone may see every chunk, so that a search need not look. */
  boolean isForEveryone() throws IOException {
    return open.get(() -> {
      var everyone = new BytesRef(Audience.EVERYONE_GROUP);
      for (LeafReaderContext leaf : reader.leaves()) {
        Terms keys = leaf.reader().terms(Fields.KEY);
        int all = keys == null ? 0 : keys.getDocCount();
        if (leaf.reader().docFreq(new Term(Fields.AUDIENCE, everyone)) != all) {
          return false;
        }
      }
      return true;
    });
  }

  /** The chunks of these keys that exist: the numbers of their Lucene documents, by key. */
  SortedMap<ChunkKey, Integer> find(Iterable<ChunkKey> keys) throws IOException {
    var found = new TreeMap<ChunkKey, Integer>();
    for (ChunkKey key : keys) {
      int document = first(Documents.key(key));
      if (document >= 0) {
        found.put(key, document);
      }
    }
    return found;
  }

  /** The stamp of a document's last committed state. */
  @Nullable DocumentStamp stamp(DocumentId id) throws IOException {
    int document = first(Documents.stampOf(id));
    if (document < 0) {
      return null;
    }
    LeafReaderContext leaf = leafOf(document);
    BinaryDocValues values = leaf.reader().getBinaryDocValues(Fields.STAMP_VALUE);
    return values != null && values.advanceExact(document - leaf.docBase)
        ? Documents.stamp(id, values.binaryValue())
        : null;
  }

  LeafReaderContext leafOf(int document) {
    return reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
  }

  /** The live document with this term, or -1. */
  private int first(Term term) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      PostingsEnum postings = leaf.reader().postings(term, PostingsEnum.NONE);
      Bits live = leaf.reader().getLiveDocs();
      while (postings != null && postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        if (live == null || live.get(postings.docID())) {
          return leaf.docBase + postings.docID();
        }
      }
    }
    return -1;
  }

  /** A value that is found out when it is first asked for. */
  private static final class Counted<T> {
    private volatile @Nullable T value;

    interface Count<T> {
      T count() throws IOException;
    }

    T get(Count<T> count) throws IOException {
      T known = value;
      if (known == null) {
        known = count.count();
        value = known;
      }
      return known;
    }
  }
}
