package io.kass.benchmarks;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kass.documents.DocumentsModule;
import io.kass.documents.format.DocumentLimits;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.ContentHash;
import io.kass.ports.UserId;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Real documents to cut: the Markdown and the source code below a folder, as {@code ingest} reads
 * them, each content once. Where there is more than wanted, every kind of file gives in turn, so
 * that one language does not stand for all.
 */
record ChunkingCorpus(List<Document> documents) {
  private static final Set<String> MARKDOWN = Set.of("md", "markdown");
  private static final Set<String> CODE =
      Set.of(
          "c", "cc", "cpp", "cs", "go", "h", "hpp", "java", "js", "kt", "mjs", "php", "pl", "py",
          "rb", "rs", "sh", "sql", "ts");
  private static final long LONGEST_FILE = 4_000_000;

  /**
   * A document as its chunker gets it.
   *
   * @param text that of all blocks
   * @param bytes its length in UTF-8
   */
  record Document(DocumentId id, SourceType type, String text, List<Block> blocks, long bytes) {}

  /**
   * Reads documents below a folder; what cannot be looked at is passed over.
   *
   * @param most stops at so many bytes of Markdown, and at so many of code
   */
  static ChunkingCorpus under(Path folder, long most) throws IOException {
    Map<String, Deque<Path>> files = files(folder);
    var seen = new HashSet<ContentHash>();
    var documents = new ArrayList<Document>();
    for (Set<String> endings : List.of(MARKDOWN, CODE)) {
      documents.addAll(read(folder, inTurn(files, endings), most, seen));
    }
    return new ChunkingCorpus(List.copyOf(documents));
  }

  /** Those of some types. */
  ChunkingCorpus only(Set<SourceType> types) {
    return new ChunkingCorpus(
        documents.stream().filter(document -> types.contains(document.type())).toList());
  }

  /** The same documents again and again until there are so many bytes. */
  ChunkingCorpus repeated(long least) {
    var all = new ArrayList<Document>();
    long bytes = 0;
    while (bytes < least && !documents.isEmpty()) {
      all.addAll(documents);
      bytes += bytes();
    }
    return new ChunkingCorpus(List.copyOf(all));
  }

  long bytes() {
    return documents.stream().mapToLong(Document::bytes).sum();
  }

  private static Map<String, Deque<Path>> files(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String ending = ending(file);
            if (attributes.isRegularFile()
                && attributes.size() <= LONGEST_FILE
                && (MARKDOWN.contains(ending) || CODE.contains(ending))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return found.stream()
        .collect(
            Collectors.groupingBy(
                ChunkingCorpus::ending, TreeMap::new, Collectors.toCollection(ArrayDeque::new)));
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    // What a tool made for machines is nobody's document.
    return name.contains(".min.") ? "" : name.substring(name.lastIndexOf('.') + 1);
  }

  /** One file of each ending, then the next of each. */
  private static Deque<Path> inTurn(Map<String, Deque<Path>> files, Set<String> endings) {
    var turns = new ArrayDeque<Path>();
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Deque<Path>> entry : files.entrySet()) {
        Path next = endings.contains(entry.getKey()) ? entry.getValue().poll() : null;
        if (next != null) {
          turns.add(next);
          more = true;
        }
      }
    }
    return turns;
  }

  private static List<Document> read(
      Path folder, Deque<Path> files, long most, Set<ContentHash> seen) {
    DocumentReader reader = reader();
    var documents = new ArrayList<Document>();
    long bytes = 0;
    while (!files.isEmpty() && bytes < most) {
      Document document = read(reader, folder, files.remove());
      if (document != null && seen.add(ContentHash.of(document.text()))) {
        documents.add(document);
        bytes += document.bytes();
      }
    }
    return documents;
  }

  private static @Nullable Document read(DocumentReader reader, Path folder, Path file) {
    var scope =
        CallScope.within(
            Duration.ofMinutes(1),
            InstantSource.system(),
            Caller.of(new UserId("benchmark")),
            "benchmark");
    var blocks = new Blocks();
    try (var content = Files.newByteChannel(file)) {
      Reading reading = reader.read(scope, file.toString(), content, blocks);
      if (!(reading instanceof Reading.Complete) || blocks.type == null) {
        return null;
      }
      String text = blocks.list.stream().map(Block::text).collect(Collectors.joining());
      return new Document(
          new DocumentId(folder.relativize(file).toString()),
          blocks.type,
          text,
          List.copyOf(blocks.list),
          text.getBytes(StandardCharsets.UTF_8).length);
    } catch (IOException e) {
      return null;
    }
  }

  private static DocumentReader reader() {
    var clock =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(InstantSource.class).toInstance(InstantSource.system());
          }
        };
    return Guice.createInjector(clock, new DocumentsModule(DocumentLimits.DEFAULT))
        .getInstance(DocumentReader.class);
  }

  private static final class Blocks implements BlockConsumer {
    private final List<Block> list = new ArrayList<>();
    private @Nullable SourceType type;

    @Override
    public void begin(SourceType begun, String mediaType) {
      type = begun;
    }

    @Override
    public void accept(Block block) {
      list.add(block);
    }
  }
}
