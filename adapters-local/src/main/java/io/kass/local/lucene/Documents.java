package io.kass.local.lucene;

import io.kass.ports.ContentHash;
import io.kass.ports.document.DocumentId;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.DocumentStamp;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** Chunks and stamps as Lucene documents, and the terms that name them. */
final class Documents {
  /** Words with their counts; nobody asks for their positions. */
  private static final FieldType WORDS = new FieldType();

  static {
    WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    WORDS.setTokenized(true);
    WORDS.freeze();
  }

  private Documents() {}

  /** The chunk with all that finds it and all that gives it back. */
  static Document of(StoredChunk stored, int dimension) {
    Chunk chunk = stored.chunk();
    var document = new Document();
    document.add(new StringField(Fields.KEY, chunk.key().hex(), Field.Store.NO));
    document.add(string(Fields.DOCUMENT, chunk.document().value()));
    chunk.audience().groups().forEach(group -> document.add(string(Fields.AUDIENCE, group)));
    MetadataTerms.forEach(
        chunk.metadata(),
        term -> document.add(new StringField(Fields.METADATA, term, Field.Store.NO)));
    addWords(document, chunk);
    Vector vector = stored.vector();
    float[] unit = vector == null ? null : UnitVectors.of(vector);
    if (unit != null) {
      document.add(
          new KnnFloatVectorField(Fields.VECTOR, unit, VectorSimilarityFunction.DOT_PRODUCT));
    }
    document.add(new BinaryDocValuesField(Fields.CHUNK, ChunkRecord.encode(chunk, vector, unit)));
    if (!stored.sentences().isEmpty()) {
      document.add(
          new BinaryDocValuesField(
              Fields.SENTENCES, SentenceRecord.encode(stored.sentences(), dimension)));
    }
    return document;
  }

  private static void addWords(Document document, Chunk chunk) {
    String text = Scripts.folded(chunk.passage());
    Family family = Family.of(chunk.language(), text);
    document.add(new Field(family.body(), text, WORDS));
    document.add(new Field(family.title(), Scripts.folded(title(chunk)), WORDS));
    String exact = family.hasExact() ? Family.EXACT : family.body();
    if (family.hasExact()) {
      document.add(new Field(exact, text, WORDS));
    }
    document.add(new Field(exact, new IdentifierStream(Identifiers.find(text)), WORDS));
  }

  /** Headings and file name: what the chunk's surroundings say it is about. */
  private static String title(Chunk chunk) {
    var title = new StringBuilder();
    chunk.place().headings().forEach(heading -> title.append(heading).append('\n'));
    String id = chunk.document().value();
    if (!id.startsWith("legacy/")) {
      String name = id.substring(id.lastIndexOf('/') + 1);
      title.append(name.replace('_', ' ').replace('.', ' '));
    }
    return title.toString();
  }

  static Document of(DocumentStamp stamp) {
    var document = new Document();
    document.add(string(Fields.STAMP, stamp.id().value()));
    var value = new BytesWriter(128);
    value.writeText(stamp.order());
    value.writeText(stamp.content().hex());
    document.add(new BinaryDocValuesField(Fields.STAMP_VALUE, value.finish()));
    return document;
  }

  static DocumentStamp stamp(DocumentId id, BytesRef value) throws IOException {
    var in = new BytesReader(value);
    return new DocumentStamp(id, in.readText(), new ContentHash(in.readText()));
  }

  static Term key(ChunkKey key) {
    return new Term(Fields.KEY, key.hex());
  }

  static Term chunksOf(DocumentId id) {
    return new Term(Fields.DOCUMENT, FilterQueries.utf8(id.value()));
  }

  static Term stampOf(DocumentId id) {
    return new Term(Fields.STAMP, FilterQueries.utf8(id.value()));
  }

  private static StringField string(String field, String text) {
    return new StringField(field, FilterQueries.utf8(text), Field.Store.NO);
  }
}
