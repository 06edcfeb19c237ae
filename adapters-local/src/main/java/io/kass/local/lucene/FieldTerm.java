package io.kass.local.lucene;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.IOSupplier;

/**
 * A word in a field of one snapshot, looked up once.
 *
 * @param term the word
 * @param states where each segment has it
 */
record FieldTerm(Term term, TermStates states) {
  static FieldTerm of(IndexSearcher searcher, String field, String word) throws IOException {
    var term = new Term(field, word);
    return new FieldTerm(term, TermStates.build(searcher, term, true));
  }

  String field() {
    return term.field();
  }

  /** How many chunks have it; deleted ones count until their segment is merged. */
  long documentFrequency() {
    return states.docFreq();
  }

  /**
   * Whether each of these documents has it.
   *
   * @param documents ascending
   */
  boolean[] presentIn(IndexReader reader, int[] documents) throws IOException {
    boolean[] present = new boolean[documents.length];
    if (documentFrequency() == 0) {
      return present;
    }
    List<LeafReaderContext> leaves = reader.leaves();
    int i = 0;
    for (LeafReaderContext leaf : leaves) {
      int end = leaf.docBase + leaf.reader().maxDoc();
      int first = i;
      while (i < documents.length && documents[i] < end) {
        i++;
      }
      if (i > first) {
        mark(leaf, documents, first, i, present);
      }
    }
    return present;
  }

  private void mark(LeafReaderContext leaf, int[] documents, int from, int to, boolean[] present)
      throws IOException {
    IOSupplier<TermState> state = states.get(leaf);
    TermState found = state == null ? null : state.get();
    Terms terms = found == null ? null : leaf.reader().terms(term.field());
    if (terms == null || found == null) {
      return;
    }
    TermsEnum word = terms.iterator();
    word.seekExact(term.bytes(), found);
    PostingsEnum postings = word.postings(null, PostingsEnum.NONE);
    int at = -1;
    for (int i = from; i < to && at != DocIdSetIterator.NO_MORE_DOCS; i++) {
      int wanted = documents[i] - leaf.docBase;
      if (at < wanted) {
        at = postings.advance(wanted);
      }
      present[i] = at == wanted;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldTerm that && term.equals(that.term);
  }

  @Override
  public int hashCode() {
    return term.hashCode();
  }
}
