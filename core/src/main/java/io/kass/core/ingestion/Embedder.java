package io.kass.core.ingestion;

import io.kass.core.chunking.Sentences;
import io.kass.core.language.Languages;
import io.kass.ports.CallScope;
import io.kass.ports.ContentHash;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.embedding.Purpose;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.Sentence;
import io.kass.ports.index.StoredChunk;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives chunks their vectors, and their sentences theirs. What was embedded before, in whichever
 * document, is not embedded again: the ledger knows by hash and model which chunk holds it, and the
 * index still has its vectors. A note that leads nowhere any more costs one embedding.
 */
final class Embedder {
  private final EmbeddingModel model;
  private final ChunkIndex index;
  private final Ledger ledger;

  Embedder(EmbeddingModel model, ChunkIndex index, Ledger ledger) {
    this.model = model;
    this.index = index;
    this.ledger = ledger;
  }

  /** The chunks, in the same order, with all that the index keeps beside them. */
  List<StoredChunk> embed(CallScope scope, List<Chunk> chunks) {
    Map<ContentHash, StoredChunk> known = known(scope, chunks);
    // Chunks overlap, and a chunk may be one sentence: what is the same is embedded once.
    var texts = new LinkedHashSet<String>();
    var spans = new HashMap<ChunkKey, List<Sentences.Span>>();
    for (Chunk chunk : chunks) {
      if (known.containsKey(hash(chunk))) {
        continue;
      }
      List<Sentences.Span> sentences = Sentences.split(chunk.passage());
      spans.put(chunk.key(), sentences);
      if (Languages.embeddable(chunk.language(), model.info())) {
        texts.add(context(chunk));
        sentences.forEach(s -> texts.add(context(chunk, s)));
      }
    }
    Map<String, Vector> vectors = vectors(scope, texts);
    var stored = new ArrayList<StoredChunk>(chunks.size());
    for (Chunk chunk : chunks) {
      StoredChunk same = known.get(hash(chunk));
      if (same != null) {
        stored.add(new StoredChunk(chunk, same.vector(), same.sentences()));
        continue;
      }
      stored.add(build(chunk, spans.getOrDefault(chunk.key(), List.of()), vectors));
      note(scope, hash(chunk), chunk.key());
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

  private Map<ContentHash, StoredChunk> known(CallScope scope, List<Chunk> chunks) {
    var keys = new LinkedHashMap<ContentHash, ChunkKey>();
    for (Chunk chunk : chunks) {
      LedgerEntry entry = ledger.get(scope, noteKey(hash(chunk)));
      if (entry != null) {
        keys.put(hash(chunk), new ChunkKey(entry.value()));
      }
    }
    if (keys.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<ChunkKey, StoredChunk>();
    for (StoredChunk chunk : index.get(scope, new TreeSet<>(keys.values()))) {
      found.put(chunk.key(), chunk);
    }
    var known = new HashMap<ContentHash, StoredChunk>();
    keys.forEach((hash, key) -> {
      StoredChunk chunk = found.get(key);
      if (chunk != null && hash(chunk.chunk()).equals(hash)) {
        known.put(hash, chunk);
      }
    });
    return known;
  }

  /** Two runs that note the same hash at once may each win: both notes are true. */
  private void note(CallScope scope, ContentHash hash, ChunkKey key) {
    LedgerEntry entry = ledger.get(scope, noteKey(hash));
    ledger.compareAndSet(
        scope, noteKey(hash), entry == null ? 0 : entry.revision(), key.hex(), null);
  }

  private String noteKey(ContentHash hash) {
    return "embedded/" + model.info().id() + "/" + Sentences.ID + "/" + hash.hex();
  }

  /** All that decides a chunk's vectors. */
  private static ContentHash hash(Chunk chunk) {
    return ContentHash.ofParts(chunk.language().code(), context(chunk));
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
