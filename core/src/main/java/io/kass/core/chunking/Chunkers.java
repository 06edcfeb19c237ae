package io.kass.core.chunking;

import io.kass.ports.document.SourceType;
import io.kass.ports.error.KassException.InvalidRequest;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which chunker cuts which kind of document. */
public final class Chunkers {
  /** The mode that {@link #defaults} are. */
  public static final String DEFAULT_MODE = "kass";

  private static final Pattern SIZED = Pattern.compile("([a-z]+):([0-9]{1,6})/([0-9]{1,6})");
  private static final String MODES =
      "It is one of 'kass', 'legacy', 'recursive:SIZE/OVERLAP' and 'langchain:SIZE/OVERLAP', such"
          + " as 'langchain:1000/200'.";

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
    return byKind(SheetParts.ROWS_OR_TEXT);
  }

  private static Chunkers byKind(SheetParts parts) {
    var special = structured(parts);
    special.put(SourceType.MARKDOWN, new MarkdownChunker(new ChunkSizes(1200, 200)));
    special.put(SourceType.CODE, new CodeChunker(new ChunkSizes(1200, 200)));
    return new Chunkers(new RecursiveChunker(new ChunkSizes(1000, 150)), special);
  }

  /**
   * The chunkers that a text names, as {@code --chunking} takes it: {@code kass} are the defaults;
   * {@code legacy} also makes of a sheet all that the legacy system made; {@code
   * recursive:SIZE/OVERLAP} cuts all running text, Markdown and code too, by paragraphs; {@code
   * langchain:SIZE/OVERLAP} cuts it as LangChain's recursive splitter does.
   *
   * @throws InvalidRequest when it names none of them, or sizes that make no sense; the message
   *     says what would do
   */
  public static Chunkers of(String mode) {
    if (mode.equals(DEFAULT_MODE)) {
      return defaults();
    }
    if (mode.equals("legacy")) {
      return byKind(SheetParts.LEGACY);
    }
    Matcher sized = SIZED.matcher(mode);
    if (!sized.matches()) {
      throw new InvalidRequest("There is no chunking '" + mode + "'. " + MODES);
    }
    ChunkSizes sizes = sizes(mode, sized);
    Chunker chunker =
        switch (sized.group(1)) {
          case "recursive" -> new RecursiveChunker(sizes);
          case "langchain" -> new LangChainChunker(sizes);
          default -> throw new InvalidRequest("There is no chunking '" + mode + "'. " + MODES);
        };
    return new Chunkers(chunker, structured(SheetParts.ROWS_OR_TEXT));
  }

  private static ChunkSizes sizes(String mode, Matcher sized) {
    try {
      return new ChunkSizes(Integer.parseInt(sized.group(2)), Integer.parseInt(sized.group(3)));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(
          "The sizes of '"
              + mode
              + "' make no sense: a chunk has at least 16 characters and repeats at most half of"
              + " them.",
          e);
    }
  }

  /** The chunkers of what is no running text, whatever the mode. */
  private static Map<SourceType, Chunker> structured(SheetParts parts) {
    var special = new EnumMap<SourceType, Chunker>(SourceType.class);
    special.put(SourceType.SPREADSHEET, new SpreadsheetChunker(new ChunkSizes(2000, 200), parts));
    special.put(SourceType.CHAT, new ChatChunker(ChatWindows.DEFAULTS));
    special.put(SourceType.ISSUE, new FieldsChunker(new ChunkSizes(1000, 150)));
    special.put(SourceType.CHANGE, new FieldsChunker(new ChunkSizes(1000, 150)));
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
