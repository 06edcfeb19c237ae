package io.kass.core.ingestion;

import io.kass.core.chunking.Sentences;
import io.kass.core.language.Languages;
import io.kass.ports.CallScope;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.Sentence;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives chunks their vectors, and their sentences theirs. What a document had before it was changed
 * is not embedded again: it has the same keys, and the index still has its vectors. Whether a text
 * was embedded for another document, or for an index that is gone, is for the model to know.
 */
final class Embedder {
  private final EmbeddingModel model;
  private final ChunkIndex index;

  Embedder(EmbeddingModel model, ChunkIndex index) {
    this.model = model;
    this.index = index;
  }

  /**
   * The chunks, in the same order, with all that the index keeps beside them.
   *
   * @param changed whether the document may have been in the index before
   */
  List<StoredChunk> embed(CallScope scope, List<Chunk> chunks, boolean changed) {
    Map<ChunkKey, StoredChunk> known = changed ? known(scope, chunks) : Map.of();
    // What would not be kept is not paid for.
    boolean keepsSentences = index.description().sentenceVectors();
    // Chunks overlap, and a chunk may be one sentence: what is the same is embedded once.
    var texts = new LinkedHashSet<String>();
    var spans = new HashMap<ChunkKey, List<Sentences.Span>>();
    for (Chunk chunk : chunks) {
      if (known.containsKey(chunk.key())) {
        continue;
      }
      List<Sentences.Span> sentences =
          keepsSentences ? Sentences.split(chunk.passage()) : List.of();
      spans.put(chunk.key(), sentences);
      if (Languages.embeddable(chunk.language(), model.info())) {
        texts.add(context(chunk));
        sentences.forEach(s -> texts.add(context(chunk, s)));
      }
    }
    Map<String, Vector> vectors = vectors(scope, texts);
    var stored = new ArrayList<StoredChunk>(chunks.size());
    for (Chunk chunk : chunks) {
      StoredChunk same = known.get(chunk.key());
      if (same != null) {
        stored.add(new StoredChunk(chunk, same.vector(), same.sentences()));
        continue;
      }
      stored.add(build(chunk, spans.getOrDefault(chunk.key(), List.of()), vectors));
    }
    return stored;
  }

  private Map<String, Vector> vectors(CallScope scope, Set<String> texts) {
    var vectors = new HashMap<String, Vector>();
    Iterator<Vector> next = model.embed(scope, Purpose.PASSAGE, List.copyOf(texts)).iterator();
    texts.forEach(text -> vectors.put(text, next.next()));
    return vectors;
  }

  private StoredChunk build(Chunk chunk, List<Sentences.Span> spans, Map<String, Vector> ofTexts) {
    // One of another language may hold a sentence that another chunk was embedded with.
    Map<String, Vector> vectors =
        Languages.embeddable(chunk.language(), model.info()) ? ofTexts : Map.of();
    var sentences = new ArrayList<Sentence>(spans.size());
    for (Sentences.Span span : spans) {
      sentences.add(new Sentence(span.begin(), span.end(), vectors.get(context(chunk, span))));
    }
    return new StoredChunk(chunk, vectors.get(context(chunk)), sentences);
  }

  /** Of these chunks, those that are in the index as they would be made again. */
  private Map<ChunkKey, StoredChunk> known(CallScope scope, List<Chunk> chunks) {
    var known = new HashMap<ChunkKey, StoredChunk>();
    var wanted = new HashMap<ChunkKey, Chunk>();
    chunks.forEach(chunk -> wanted.put(chunk.key(), chunk));
    for (StoredChunk stored : index.get(scope, wanted.keySet())) {
      Chunk chunk = wanted.get(stored.key());
      if (chunk != null && isMadeAlike(stored.chunk(), chunk) && isCutAlike(stored)) {
        known.put(stored.key(), stored);
      }
    }
    return known;
  }

  /** Whether all is the same that decides a chunk's vectors. */
  private static boolean isMadeAlike(Chunk one, Chunk other) {
    return one.language().equals(other.language()) && context(one).equals(context(other));
  }

  /** An earlier version may have found other sentences. */
  private static boolean isCutAlike(StoredChunk stored) {
    List<Sentences.Span> now = Sentences.split(stored.chunk().passage());
    return now.equals(
        stored.sentences().stream().map(s -> new Sentences.Span(s.begin(), s.end())).toList());
  }

  /** The text that is embedded for a chunk: a passage is understood better under its headings. */
  private static String context(Chunk chunk) {
    return headings(chunk, "\n") + chunk.passage();
  }

  /** The text that is embedded for a sentence. */
  private static String context(Chunk chunk, Sentences.Span sentence) {
    return headings(chunk, ": ") + chunk.passage().substring(sentence.begin(), sentence.end());
  }

  private static String headings(Chunk chunk, String end) {
    List<String> headings = chunk.place().headings();
    return headings.isEmpty() ? "" : String.join(" > ", headings) + end;
  }
}
