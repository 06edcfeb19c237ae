package io.kass.local.lucene;

import io.kass.ports.Cursor;
import io.kass.ports.KeyRange;
import io.kass.ports.Page;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Pages through keys in their order. The cursor is the last key given, so that a page needs nothing
 * of the one before it, and no key shows twice whatever is written in between.
 */
final class KeyScan {
  private static final int PAGE_CHUNKS = 200;

  /** Pages of long texts are shorter. */
  private static final int PAGE_CHARACTERS = 4_000_000;

  private KeyScan() {}

  static Page<StoredChunk> page(
      Snapshot snapshot, KeyRange range, Cursor cursor, ChunkReader chunks) throws IOException {
    List<StoredChunk> page = new ArrayList<>();
    Terms keys = MultiTerms.getTerms(snapshot.reader(), Fields.KEY);
    if (keys == null) {
      return new Page<>(page, null);
    }
    Bits live = MultiBits.getLiveDocs(snapshot.reader());
    TermsEnum key = keys.iterator();
    String after = cursor.token();
    boolean more = seek(key, after.compareTo(range.from()) >= 0 ? after : range.from());
    PostingsEnum postings = null;
    long characters = 0;
    while (more && range.contains(key.term().utf8ToString())) {
      if (!key.term().utf8ToString().equals(after)) {
        if (page.size() == PAGE_CHUNKS || characters > PAGE_CHARACTERS) {
          return new Page<>(page, new Cursor(page.getLast().key().hex()));
        }
        postings = key.postings(postings, PostingsEnum.NONE);
        int document = first(postings, live);
        if (document >= 0) {
          StoredChunk chunk = chunks.read(document);
          characters += chunk.chunk().passage().length();
          page.add(chunk);
        }
      }
      more = key.next() != null;
    }
    return new Page<>(page, null);
  }

  private static boolean seek(TermsEnum key, String from) throws IOException {
    return key.seekCeil(new BytesRef(from)) != TermsEnum.SeekStatus.END;
  }

  private static int first(PostingsEnum postings, @Nullable Bits live) throws IOException {
    while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      if (live == null || live.get(postings.docID())) {
        return postings.docID();
      }
    }
    return -1;
  }
}
