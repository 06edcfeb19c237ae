package io.kass.local.lucene;

import io.kass.local.lucene.Identifiers.Identifier;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Identifiers as words of a field. */
final class IdentifierStream extends TokenStream {
  private final List<Identifier> identifiers;
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private Iterator<Identifier> rest;

  IdentifierStream(List<Identifier> identifiers) {
    this.identifiers = identifiers;
    this.rest = identifiers.iterator();
  }

  @Override
  public void reset() {
    rest = identifiers.iterator();
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (!rest.hasNext()) {
      return false;
    }
    term.append(rest.next().text());
    return true;
  }
}
