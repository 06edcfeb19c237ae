package io.kass.core.chunking;

import static io.kass.core.chunking.ChunkingSettings.sizes;

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

  /**
   * The chunkers that KASS uses unless it is told otherwise, but that tokens are estimated: exact
   * counts need a library.
   */
  public static Chunkers defaults() {
    return of(ChunkingSettings.DEFAULTS, TokenMeasure.APPROXIMATE);
  }

  /**
   * The chunkers as they are set.
   *
   * @param tokens what sizes in tokens are counted by
   */
  public static Chunkers of(ChunkingSettings settings, TokenMeasure tokens) {
    ChunkingMode mode = ChunkingMode.of(settings.mode());
    var special = new EnumMap<SourceType, Chunker>(SourceType.class);
    SheetParts parts =
        mode instanceof ChunkingMode.Legacy ? SheetParts.LEGACY : SheetParts.ROWS_OR_TEXT;
    special.put(
        SourceType.SPREADSHEET,
        new SpreadsheetChunker(sizes("spreadsheet", settings.spreadsheet()), parts));
    special.put(SourceType.CHAT, new ChatChunker(ChunkingSettings.windows(settings.chat())));
    special.put(SourceType.ISSUE, new FieldsChunker(sizes("issue", settings.issue())));
    special.put(SourceType.CHANGE, new ChangeChunker(sizes("change", settings.change()), tokens));
    var markdown = new MarkdownChunker(sizes("markdown", settings.markdown()));
    var code = new CodeChunker(sizes("code", settings.code()));
    return switch (mode) {
      case ChunkingMode.Recursive(ChunkSizes sizes) ->
          new Chunkers(new RecursiveChunker(sizes), special);
      case ChunkingMode.LangChain(ChunkSizes sizes) ->
          new Chunkers(new LangChainChunker(sizes), special);
      case ChunkingMode.BySentences(ChunkSizes sizes) ->
          new Chunkers(new SentenceChunker(sizes), with(special, markdown, code));
      case ChunkingMode.Kass kass -> byKind(settings, special, markdown, code);
      case ChunkingMode.Legacy legacy -> byKind(settings, special, markdown, code);
    };
  }

  private static Chunkers byKind(
      ChunkingSettings settings, Map<SourceType, Chunker> special, Chunker markdown, Chunker code) {
    var text = new RecursiveChunker(sizes("text", settings.text()));
    return new Chunkers(text, with(special, markdown, code));
  }

  private static Map<SourceType, Chunker> with(
      Map<SourceType, Chunker> special, Chunker markdown, Chunker code) {
    special.put(SourceType.MARKDOWN, markdown);
    special.put(SourceType.CODE, code);
    return special;
  }

  /** The chunker of this kind of document. */
  public Chunker of(SourceType type) {
    return special.getOrDefault(type, otherwise);
  }

  /**
   * The ids of all of them, for the description of an index, such as {@code recursive-1:1000/150
   * code=code-1:1200/200}.
   */
  public String id() {
    return special.entrySet().stream()
        .map(e -> " " + e.getKey().name().toLowerCase(Locale.ROOT) + "=" + e.getValue().id())
        .collect(Collectors.joining("", otherwise.id(), ""));
  }
}
