package io.kass.ports.index;

import io.kass.ports.Audience;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Place;
import io.kass.ports.embedding.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunks for tests. Whatever is not said is English, for everyone, the whole of its document,
 * without vector, sentences and metadata.
 */
public final class ChunkBuilder {
  private final DocumentId document;
  private final @Nullable String text;
  private final List<Sentence> sentences = new ArrayList<>();
  private int occurrence;
  private Place place = Place.WHOLE;
  private Language language = Language.ENGLISH;
  private Audience audience = Audience.EVERYONE;
  private Metadata metadata = Metadata.EMPTY;
  private @Nullable Vector vector;

  private ChunkBuilder(String document, @Nullable String text) {
    this.document = new DocumentId(document);
    this.text = text;
  }

  /** A chunk of this document. */
  public static ChunkBuilder chunk(String document, @Nullable String text) {
    return new ChunkBuilder(document, text);
  }

  public ChunkBuilder vector(float... values) {
    vector = Vector.of(values);
    return this;
  }

  public ChunkBuilder vector(Vector value) {
    vector = value;
    return this;
  }

  public ChunkBuilder occurrence(int number) {
    occurrence = number;
    return this;
  }

  public ChunkBuilder place(Place value) {
    place = value;
    return this;
  }

  public ChunkBuilder headings(String... titles) {
    place = place.under(List.of(titles));
    return this;
  }

  public ChunkBuilder language(Language value) {
    language = value;
    return this;
  }

  public ChunkBuilder audience(String... groups) {
    audience = Audience.of(Set.of(groups));
    return this;
  }

  public ChunkBuilder with(String name, Json value) {
    metadata = metadata.with(name, value);
    return this;
  }

  public ChunkBuilder metadata(Metadata values) {
    metadata = values;
    return this;
  }

  public ChunkBuilder sentence(int begin, int end, @Nullable Vector value) {
    sentences.add(new Sentence(begin, end, value));
    return this;
  }

  public StoredChunk build() {
    ContentHash content = ContentHash.of(text == null ? "(no text)" : text);
    ChunkKey key = ChunkKey.of(document, content, occurrence);
    return new StoredChunk(
        new Chunk(key, document, text, place, language, audience, metadata), vector, sentences);
  }
}
