package io.kass.local.lucene;

import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Sentence;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.jspecify.annotations.Nullable;

/** Reads chunks of one snapshot. Cheapest when asked in ascending order. Used by one thread. */
final class ChunkReader {
  private final Snapshot snapshot;
  private final int dimension;
  private final boolean vectors;
  private final boolean sentences;
  private @Nullable LeafReaderContext leaf;
  private @Nullable BinaryDocValues chunkValues;
  private @Nullable BinaryDocValues sentenceValues;
  private @Nullable FloatVectorValues vectorValues;
  private KnnVectorValues.@Nullable DocIndexIterator vectorDocuments;
  private int last = -1;

  ChunkReader(Snapshot snapshot, int dimension, boolean vectors, boolean sentences) {
    this.snapshot = snapshot;
    this.dimension = dimension;
    this.vectors = vectors;
    this.sentences = sentences;
  }

  StoredChunk read(int document) throws IOException {
    LeafReaderContext in = snapshot.leafOf(document);
    if (in != leaf || document <= last) {
      open(in);
    }
    last = document;
    int local = document - in.docBase;
    BinaryDocValues chunks = chunkValues;
    if (chunks == null || !chunks.advanceExact(local)) {
      throw new CorruptIndexException("no chunk in document " + document, "chunk");
    }
    ChunkRecord chunk = ChunkRecord.decode(chunks.binaryValue());
    return new StoredChunk(chunk.chunk(), vector(chunk, local), sentencesOf(local));
  }

  private void open(LeafReaderContext context) throws IOException {
    leaf = context;
    LeafReader reader = context.reader();
    chunkValues = reader.getBinaryDocValues(Fields.CHUNK);
    sentenceValues = sentences ? reader.getBinaryDocValues(Fields.SENTENCES) : null;
    vectorValues = vectors ? reader.getFloatVectorValues(Fields.VECTOR) : null;
    vectorDocuments = vectorValues == null ? null : vectorValues.iterator();
  }

  private @Nullable Vector vector(ChunkRecord chunk, int local) throws IOException {
    if (!vectors) {
      return null;
    }
    FloatVectorValues values = vectorValues;
    KnnVectorValues.DocIndexIterator documents = vectorDocuments;
    float[] unit = null;
    if (values != null && documents != null) {
      int at = documents.docID() < local ? documents.advance(local) : documents.docID();
      unit = at == local ? values.vectorValue(documents.index()) : null;
    }
    return chunk.vector(unit);
  }

  private List<Sentence> sentencesOf(int local) throws IOException {
    BinaryDocValues values = sentenceValues;
    return values != null && values.advanceExact(local)
        ? SentenceRecord.decode(values.binaryValue(), dimension)
        : List.of();
  }
}
