package io.kass.core.chunking;

import io.kass.ports.document.SourceType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Which chunker cuts which kind of document. */
public final class Chunkers {
  private final Chunker otherwise;
  private final Map<SourceType, Chunker> special;

  /**
   * Chunkers by kind.
   *
   * @param otherwise cuts everything that has no chunker of its own
   * @param special the chunkers of particular kinds
   */
  public Chunkers(Chunker otherwise, Map<SourceType, Chunker> special) {
    this.otherwise = otherwise;
    this.special = new EnumMap<>(SourceType.class);
    this.special.putAll(special);
  }

  /** The chunkers that KASS uses unless it is told otherwise. */
  public static Chunkers defaults() {
    return new Chunkers(
        new RecursiveChunker(new ChunkSizes(1000, 150)),
        Map.of(
            SourceType.MARKDOWN, new MarkdownChunker(new ChunkSizes(1200, 200)),
            SourceType.CODE, new RecursiveChunker(new ChunkSizes(1200, 200)),
            SourceType.SPREADSHEET, new RecursiveChunker(new ChunkSizes(2000, 200))));
  }

  /** The chunker of this kind of document. */
  public Chunker of(SourceType type) {
    return special.getOrDefault(type, otherwise);
  }

  /**
   * The ids of all of them, for the description of an index, such as {@code recursive-1:1000/150
   * code=recursive-1:1200/200}.
   */
  public String id() {
    return special.entrySet().stream()
        .map(e -> " " + e.getKey().name().toLowerCase(Locale.ROOT) + "=" + e.getValue().id())
        .collect(Collectors.joining("", otherwise.id(), ""));
  }
}
