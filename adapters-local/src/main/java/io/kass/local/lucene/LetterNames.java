package io.kass.local.lucene;

import java.io.IOException;
import org.apache.lucene.analysis.CharacterUtils;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Makes words lower case, all but a capital A right after another word: that is what the word's
 * thing is called, as in plan A or vitamin A, and no article, which would be dropped.
 */
final class LetterNames extends TokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
  private int end = -1;

  LetterNames(TokenStream input) {
    super(input);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    boolean name =
        term.length() == 1 && term.charAt(0) == 'A' && end >= 0 && offset.startOffset() == end + 1;
    end = offset.endOffset();
    if (!name) {
      CharacterUtils.toLowerCase(term.buffer(), 0, term.length());
    }
    return true;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    end = -1;
  }
}
