package io.kass.local.lucene;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.core.TypeTokenFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseBaseFormFilter;
import org.apache.lucene.analysis.ja.JapaneseKatakanaStemFilter;
import org.apache.lucene.analysis.ja.JapanesePartOfSpeechStopFilter;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Analyses each text field by its family. An analysis is loaded when it is first needed: the
 * Japanese dictionary and the tables of ICU cost more than a search. Texts come in {@linkplain
 * Scripts#folded folded}.
 */
final class FieldAnalyzer extends DelegatingAnalyzerWrapper {
  private final Map<Family, Analyzer> byFamily = new EnumMap<>(Family.class);
  private final Analyzer exact = analyzer(StandardTokenizer::new, FieldAnalyzer::asWritten);

  FieldAnalyzer() {
    super(PER_FIELD_REUSE_STRATEGY);
  }

  @Override
  protected Analyzer getWrappedAnalyzer(String field) {
    for (Family family : Family.values()) {
      if (field.equals(family.body()) || field.equals(family.title())) {
        return of(family);
      }
    }
    return exact;
  }

  private synchronized Analyzer of(Family family) {
    return byFamily.computeIfAbsent(
        family,
        wanted ->
            switch (wanted) {
              case ENGLISH -> english();
              case JAPANESE -> japanese();
              case PLAIN -> exact;
              case OTHER -> analyzer(ICUTokenizer::new, ICUFoldingFilter::new);
            });
  }

  private static Analyzer english() {
    var stopWords = StopWords.english();
    var cjk =
        Set.of(
            StandardTokenizer.TOKEN_TYPES[StandardTokenizer.IDEOGRAPHIC],
            StandardTokenizer.TOKEN_TYPES[StandardTokenizer.HIRAGANA],
            StandardTokenizer.TOKEN_TYPES[StandardTokenizer.KATAKANA],
            StandardTokenizer.TOKEN_TYPES[StandardTokenizer.HANGUL]);
    return analyzer(
        StandardTokenizer::new,
        tokens -> {
          // Words in those scripts are found in the exact field.
          TokenStream stream = new TypeTokenFilter(tokens, cjk);
          stream = new EnglishPossessiveFilter(stream);
          stream = new LetterNames(stream);
          stream = new StopFilter(stream, stopWords);
          stream = new ASCIIFoldingFilter(stream);
          return new PorterStemFilter(stream);
        });
  }

  private static Analyzer japanese() {
    var stopWords = StopWords.japanese();
    return analyzer(
        () -> new JapaneseTokenizer(null, true, true, JapaneseTokenizer.Mode.SEARCH),
        tokens -> {
          TokenStream stream = new JapaneseBaseFormFilter(tokens);
          stream =
              new JapanesePartOfSpeechStopFilter(stream, JapaneseAnalyzer.getDefaultStopTags());
          stream = new StopFilter(stream, JapaneseAnalyzer.getDefaultStopSet());
          stream = new StopFilter(stream, stopWords);
          stream = new JapaneseKatakanaStemFilter(stream);
          return new LowerCaseFilter(stream);
        });
  }

  /** Words as they stand, but for case and accents; scripts without spaces in pairs. */
  private static TokenStream asWritten(Tokenizer tokens) {
    return new CJKBigramFilter(new ASCIIFoldingFilter(new LetterNames(tokens)));
  }

  private static Analyzer analyzer(
      Supplier<Tokenizer> tokenizer, Function<Tokenizer, TokenStream> filters) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokens = tokenizer.get();
        return new TokenStreamComponents(tokens, filters.apply(tokens));
      }
    };
  }
}
