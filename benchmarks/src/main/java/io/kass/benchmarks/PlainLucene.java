package io.kass.benchmarks;

import io.kass.ports.index.StoredChunk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;

/**
 * The same searches as one writes them with Lucene alone: BM25 over stems, words as written and
 * titles with the same weights; the nearest vectors, all compared by Lucene or by its graph; texts
 * from stored fields.
 */
final class PlainLucene implements Closeable {
  private static final float EXACT_BOOST = 0.3f;
  private static final float TITLE_BOOST = 0.3f;
  private static final FieldType WORDS = new FieldType(TextField.TYPE_NOT_STORED);

  static {
    WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    WORDS.freeze();
  }

  private final FSDirectory directory;
  private final Analyzer english = new EnglishAnalyzer();
  private final Analyzer standard = new StandardAnalyzer();
  private final boolean graph;
  private DirectoryReader reader;
  private IndexSearcher searcher;

  /**
   * What a search found, best first.
   *
   * @param ids chunk keys
   * @param scores in the same order
   */
  record Found(List<String> ids, List<Double> scores) {}

  /** An empty index, with Lucene's usual graph or with none, so that all vectors are compared. */
  PlainLucene(Path path, boolean graph) throws IOException {
    this.graph = graph;
    directory = FSDirectory.open(path);
    try (var writer = new IndexWriter(directory, settings())) {
      writer.commit();
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  void write(SearchCorpus corpus, int chunks, int batch) throws IOException {
    try (var writer = new IndexWriter(directory, settings())) {
      for (int i = 0; i < chunks; i++) {
        writer.addDocument(document(corpus.chunk(i)));
        if (i % batch == batch - 1) {
          writer.commit();
        }
      }
    }
    reader.close();
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
  }

  private IndexWriterConfig settings() {
    var analyzer = new PerFieldAnalyzerWrapper(english, Map.of("exact", standard));
    KnnVectorsFormat format =
        graph
            ? new Lucene99HnswVectorsFormat()
            : new Lucene99HnswVectorsFormat(16, 100, Integer.MAX_VALUE);
    return new IndexWriterConfig(analyzer)
        .setRAMBufferSizeMB(32)
        .setCodec(
            new Lucene104Codec() {
              @Override
              public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
              }
            });
  }

  private static Document document(StoredChunk stored) {
    var document = new Document();
    String text = stored.chunk().passage();
    document.add(new Field("text", text, WORDS));
    document.add(new Field("exact", text, WORDS));
    document.add(new Field("title", SearchCorpus.title(stored), WORDS));
    document.add(new StoredField("id", stored.key().hex()));
    document.add(new StoredField("body", text));
    var vector = stored.vector();
    if (vector != null) {
      document.add(
          new KnnFloatVectorField(
              "vector", vector.toArray(), VectorSimilarityFunction.DOT_PRODUCT));
    }
    return document;
  }

  /** Both searches; returns the keyword leg, then the vector leg. */
  List<Found> search(SearchCorpus.Question question, int limit) throws IOException {
    TopDocs words = keyword(question.words(), limit);
    TopDocs nearest =
        searcher.search(
            new KnnFloatVectorQuery("vector", question.vector().toArray(), Math.max(limit, 100)),
            limit);
    Set<Integer> all = new TreeSet<>();
    for (ScoreDoc hit : words.scoreDocs) {
      all.add(hit.doc);
    }
    for (ScoreDoc hit : nearest.scoreDocs) {
      all.add(hit.doc);
    }
    StoredFields stored = searcher.storedFields();
    var ids = new HashMap<Integer, String>();
    for (int document : all) {
      Document fields = stored.document(document);
      if (fields.get("body").isEmpty()) {
        throw new IllegalStateException("a chunk without text");
      }
      ids.put(document, fields.get("id"));
    }
    return List.of(found(words, ids, 1, 0), found(nearest, ids, 2, -1));
  }

  private static Found found(TopDocs hits, Map<Integer, String> ids, double factor, double plus) {
    List<String> keys = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    for (ScoreDoc hit : hits.scoreDocs) {
      keys.add(ids.getOrDefault(hit.doc, ""));
      scores.add(factor * hit.score + plus);
    }
    return new Found(keys, scores);
  }

  private TopDocs keyword(String words, int limit) throws IOException {
    var query = new BooleanQuery.Builder();
    for (String word : analysed(english, words)) {
      query.add(new TermQuery(new Term("text", word)), Occur.SHOULD);
      query.add(new BoostQuery(new TermQuery(new Term("title", word)), TITLE_BOOST), Occur.SHOULD);
    }
    for (String word : analysed(standard, words)) {
      query.add(new BoostQuery(new TermQuery(new Term("exact", word)), EXACT_BOOST), Occur.SHOULD);
    }
    return searcher.search(query.build(), new TopScoreDocCollectorManager(limit, 1));
  }

  private static Set<String> analysed(Analyzer analyzer, String text) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
    }
    return words;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
    english.close();
    standard.close();
  }
}
