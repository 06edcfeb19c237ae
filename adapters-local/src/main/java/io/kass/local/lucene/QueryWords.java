package io.kass.local.lucene;

import io.kass.ports.Language;
import io.kass.ports.index.Legs.QueryTerm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * The words of one query, as each of the index's fields analyses them.
 *
 * <p>The query's own family decides what its words are ({@link #terms}); what is left out there as
 * saying nothing is left out everywhere. A word stands in another field when that field's analysis
 * finds a word at the same place of the query, or, in scripts without spaces, when all pairs within
 * that place are there. So a Japanese query finds the product name in an English text, and an
 * English query what it has in common with a German one.
 */
final class QueryWords {
  /** Of a longer query, the beginning is its words; pasted logs go on for ever. */
  private static final int LONGEST_QUERY = 10_000;

  private static final int MOST_TERMS = 512;

  /** The rarest words of the query are searched for. */
  private static final int MOST_SEARCHED = 128;

  /** A word of the query: what a field's analysis made of a place in it. */
  private record Token(String text, int begin, int end, boolean identifier) {
    boolean within(Token other) {
      return begin >= other.begin && end <= other.end;
    }

    boolean overlaps(Token other) {
      return begin < other.end && end > other.begin;
    }

    boolean samePlace(Token other) {
      return begin == other.begin && end == other.end;
    }
  }

  private final Snapshot snapshot;
  private final LuceneConfig config;
  private final FieldAnalyzer analyzer;
  private final String text;
  private final Map<String, List<Token>> tokens = new LinkedHashMap<>();
  private final Map<String, FieldTerm> fieldTerms = new HashMap<>();
  private final List<Word> words = new ArrayList<>();
  private final List<Token> own;

  /**
   * A word of the query with all that shows it in a chunk.
   *
   * @param text as its family analyses it
   * @param places each of them shows it: terms that a chunk has to have all of
   */
  private record Word(String text, List<List<FieldTerm>> places) {}

  QueryWords(
      Snapshot snapshot,
      LuceneConfig config,
      FieldAnalyzer analyzer,
      String query,
      Language language)
      throws IOException {
    this.snapshot = snapshot;
    this.config = config;
    this.analyzer = analyzer;
    String beginning = query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query;
    text = Scripts.folded(beginning);
    Family family = Family.of(language, text);
    own = analysed(family.body());
    Set<String> fields = new TreeSet<>();
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      FieldInfos infos = leaf.reader().getFieldInfos();
      for (Family each : Family.values()) {
        if (infos.fieldInfo(each.body()) != null) {
          fields.add(each.body());
          fields.add(each.hasExact() ? Family.EXACT : each.body());
        }
      }
    }
    for (String field : fields) {
      tokens.put(field, field.equals(family.body()) ? own : analysed(field));
    }
    addWords();
  }

  private List<Token> analysed(String field) throws IOException {
    List<Token> found = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream(analysisOf(field), text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      var offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        found.add(new Token(term.toString(), offset.startOffset(), offset.endOffset(), false));
      }
      stream.end();
    }
    if (!field.equals(Family.ENGLISH.body()) && !field.equals(Family.JAPANESE.body())) {
      for (Identifiers.Identifier id : Identifiers.find(text)) {
        found.add(new Token(id.text(), id.begin(), id.end(), true));
      }
    }
    return found;
  }

  /**
   * The analyses of Japanese and of the other languages take long to load, and make of plain ASCII
   * what the exact one makes of it.
   */
  private String analysisOf(String field) {
    boolean dear = field.equals(Family.JAPANESE.body()) || field.equals(Family.OTHER.body());
    return dear && text.chars().allMatch(c -> c < 0x80) ? Family.EXACT : field;
  }

  private void addWords() throws IOException {
    Map<String, Word> byText = new LinkedHashMap<>();
    for (Token token : own) {
      if (token.identifier() || byText.size() == MOST_TERMS) {
        continue;
      }
      Word word = byText.computeIfAbsent(token.text(), same -> new Word(same, new ArrayList<>()));
      for (Map.Entry<String, List<Token>> field : tokens.entrySet()) {
        addPlaces(word, token, field.getKey(), field.getValue());
      }
    }
    words.addAll(byText.values());
  }

  private void addPlaces(Word word, Token token, String field, List<Token> found)
      throws IOException {
    List<FieldTerm> pairs = new ArrayList<>();
    for (Token other : found) {
      if (other.samePlace(token)) {
        word.places().add(List.of(term(field, other.text())));
        if (!field.equals(Family.EXACT)) {
          word.places().add(List.of(term(field + ".title", other.text())));
        }
      } else if (other.within(token) && Scripts.isCjk(other.text().charAt(0))) {
        pairs.add(term(field, other.text()));
      }
    }
    if (!pairs.isEmpty()) {
      word.places().add(pairs);
    }
  }

  private FieldTerm term(String field, String word) throws IOException {
    String name = field + '\0' + word;
    FieldTerm known = fieldTerms.get(name);
    if (known == null) {
      known = FieldTerm.of(snapshot.searcher(), field, word);
      fieldTerms.put(name, known);
    }
    return known;
  }

  /** The words of the query with their weight in this index, in its order. */
  List<QueryTerm> terms() throws IOException {
    List<QueryTerm> all = new ArrayList<>(words.size());
    for (Word word : words) {
      all.add(QueryTerm.of(word.text(), documentFrequency(word), snapshot.chunks()));
    }
    return all;
  }

  /**
   * How many chunks have the word. A chunk is in one family, so families add up; within one, and
   * against the exact field, it is the field that has it most.
   */
  private long documentFrequency(Word word) {
    Map<String, Long> byFamily = new HashMap<>();
    for (List<FieldTerm> place : word.places()) {
      String field = place.get(0).field();
      String family = field.endsWith(".title") ? field.substring(0, field.indexOf('.')) : field;
      long all = place.stream().mapToLong(FieldTerm::documentFrequency).min().orElse(0);
      byFamily.merge(family, all, Math::max);
    }
    long exact = byFamily.getOrDefault(Family.EXACT, 0L);
    long analysed = 0;
    long others = 0;
    for (Family family : Family.values()) {
      long count = byFamily.getOrDefault(family.body(), 0L);
      analysed += family.hasExact() ? count : 0;
      others += family.hasExact() ? 0 : count;
    }
    return Math.max(exact, analysed) + others;
  }

  /** Chunks with any of the words, by BM25; null when no chunk has any. */
  @Nullable Query query() throws IOException {
    List<FieldTerm> searched = new ArrayList<>();
    for (Map.Entry<String, List<Token>> field : tokens.entrySet()) {
      for (String word : distinct(field.getValue())) {
        searched.add(term(field.getKey(), word));
      }
    }
    searched.removeIf(term -> term.documentFrequency() == 0);
    searched.sort(Comparator.comparingLong(FieldTerm::documentFrequency));
    var query = new BooleanQuery.Builder();
    List<FieldTerm> rarest = searched.subList(0, Math.min(searched.size(), MOST_SEARCHED));
    for (FieldTerm term : rarest) {
      add(query, term, boost(term.field()));
    }
    boolean any = !rarest.isEmpty();
    if (config.titleBoost() > 0) {
      any |= addTitles(query);
    }
    return any ? query.build() : null;
  }

  private boolean addTitles(BooleanQuery.Builder query) throws IOException {
    int added = 0;
    for (Map.Entry<String, List<Token>> field : tokens.entrySet()) {
      if (field.getKey().equals(Family.EXACT)) {
        continue;
      }
      for (String word : distinct(field.getValue())) {
        FieldTerm term = term(field.getKey() + ".title", word);
        if (term.documentFrequency() > 0 && added++ < MOST_SEARCHED) {
          add(query, term, (float) config.titleBoost());
        }
      }
    }
    return added > 0;
  }

  /** The words to search for in a field: without those that say nothing. */
  private Set<String> distinct(List<Token> found) {
    Set<String> distinct = new LinkedHashSet<>();
    for (Token token : found) {
      if (token.identifier() || own.stream().anyMatch(token::overlaps)) {
        distinct.add(token.text());
      }
      if (distinct.size() == MOST_TERMS) {
        break;
      }
    }
    return distinct;
  }

  private float boost(String field) {
    if (field.equals(Family.EXACT)) {
      return (float) config.exactBoost();
    }
    boolean alone = field.equals(Family.PLAIN.body()) || field.equals(Family.OTHER.body());
    // Chunks of these families have no exact field that would add to their score.
    return alone ? 1 + (float) config.exactBoost() : 1;
  }

  private static void add(BooleanQuery.Builder query, FieldTerm term, float boost) {
    var one = new TermQuery(term.term(), term.states());
    query.add(boost == 1 ? one : new BoostQuery(one, boost), Occur.SHOULD);
  }

  /**
   * Which of {@link #terms} each of these documents contains.
   *
   * @param documents ascending
   */
  List<Set<Integer>> contained(int[] documents) throws IOException {
    List<Set<Integer>> contained = new ArrayList<>(documents.length);
    for (int i = 0; i < documents.length; i++) {
      contained.add(new TreeSet<>());
    }
    Map<FieldTerm, boolean[]> present = new HashMap<>();
    for (int w = 0; w < words.size(); w++) {
      for (List<FieldTerm> place : words.get(w).places()) {
        boolean[] all = new boolean[documents.length];
        Arrays.fill(all, true);
        for (FieldTerm term : place) {
          boolean[] has = present.get(term);
          if (has == null) {
            has = term.presentIn(snapshot.reader(), documents);
            present.put(term, has);
          }
          for (int i = 0; i < all.length; i++) {
            all[i] &= has[i];
          }
        }
        for (int i = 0; i < all.length; i++) {
          if (all[i]) {
            contained.get(i).add(w);
          }
        }
      }
    }
    return contained;
  }
}
