package io.kass.benchmarks;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import io.kass.documents.DocumentsModule;
import io.kass.documents.format.DocumentLimits;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.UserId;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.Reading;
import io.kass.ports.document.SourceType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Reads a chat export of 500 MB, a table of 100 MB and a workbook of 50,000 rows, blocks counted
 * and dropped: blocks and megabytes a CPU second, the most heap that was in use, and the most
 * memory that the process needed which reads workbooks (its CPU time counts, and that it has to
 * start). Run it in a heap of 512 MB:
 *
 * <pre>java -Xmx512m … io.kass.benchmarks.DocumentsBenchmark [share]</pre>
 *
 * <p>{@code share} is the part of the full size, 1 unless given. The files are made in a temporary
 * folder and removed.
 */
public final class DocumentsBenchmark {
  private static final String[] WORDS = {
    "deploy", "the", "index", "before", "Friday", "在庫", "を", "確認", "してください", "because", "test",
        "failed",
    "again", "server", "申請", "は", "前日", "までに", "please", "review", "branch", "and", "merge", "it"
  };

  private DocumentsBenchmark() {}

  /** Measures, and prints a table in Markdown. */
  public static void main(String[] arguments) throws IOException {
    run(arguments.length == 0 ? 1 : Double.parseDouble(arguments[0]), System.out);
  }

  /** Measures with documents of this part of their full size. */
  static void run(double share, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("kass-documents-benchmark");
    Path export = folder.resolve("export.json");
    Path table = folder.resolve("table.csv");
    Path workbook = folder.resolve("orders.xlsx");
    try {
      writeDiscordExport(export, (long) (share * 500_000_000));
      writeTable(table, (long) (share * 100_000_000));
      WorkbookFile.write(workbook, (int) (share * 50_000));
      DocumentReader reader = reader();
      out.println(
          "| document | MB | blocks | blocks / CPU s | MB / CPU s | peak heap, MB |"
              + " its reader's process, MB |");
      out.println("|---|---|---|---|---|---|---|");
      out.println(row("chat export (Discord)", reader, export));
      out.println(row("table (CSV)", reader, table));
      out.println(row("workbook (XLSX)", reader, workbook));
      out.println(row("the same again", reader, workbook));
    } finally {
      Files.deleteIfExists(export);
      Files.deleteIfExists(table);
      Files.deleteIfExists(workbook);
      Files.delete(folder);
    }
  }

  /** Writes an export as DiscordChatExporter does, of about this many bytes. */
  static void writeDiscordExport(Path file, long bytes) throws IOException {
    var random = new SplittableRandom(7);
    Instant time = Instant.parse("2024-01-01T00:00:00Z");
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "{\"guild\":{\"id\":\"1\",\"name\":\"Team\",\"iconUrl\":\"https://example.com/i.png\"},");
      out.write(
          "\"channel\":{\"id\":\"2\",\"type\":\"GuildTextChat\",\"name\":\"general\"},\"messages\":[");
      for (long i = 0; written < bytes; i++) {
        time = time.plusSeconds(random.nextInt(1, 90));
        int author = random.nextInt(40);
        String message =
            """
            %s
                {
                  "id": "%d",
                  "type": "Default",
                  "timestamp": "%s",
                  "timestampEdited": null,
                  "isPinned": false,
                  "content": "%s",
                  "author": {
                    "id": "%d",
                    "name": "user%d",
                    "discriminator": "0000",
                    "nickname": "User %d",
                    "color": null,
                    "isBot": false,
                    "roles": [{"id": "77", "name": "Member", "color": null, "position": 3}],
                    "avatarUrl": "https://cdn.example.com/avatars/%d/0123456789abcdef.png?size=512"
                  },
                  "attachments": [],
                  "embeds": [],
                  "stickers": [],
                  "reactions": [],
                  "mentions": []
                }\
            """
                .formatted(
                    i == 0 ? "" : ",",
                    1_000_000_000L + i,
                    time,
                    words(random, 4 + random.nextInt(30)),
                    author,
                    author,
                    author,
                    author);
        out.write(message);
        written += message.length() + 10;
      }
      out.write("],\"messageCount\":0}");
    }
  }

  /** Writes a table of eight columns, of about this many bytes. */
  static void writeTable(Path file, long bytes) throws IOException {
    var random = new SplittableRandom(7);
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,name,place,count,price,date,note,state\r\n");
      for (long i = 0; written < bytes; i++) {
        String row =
            "%d,%s,\"Shelf %d, left\",%d,%d.50,2025-01-%02d,\"%s\",open\r\n"
                .formatted(
                    i,
                    words(random, 2),
                    random.nextInt(100),
                    random.nextInt(1000),
                    random.nextInt(1000),
                    1 + random.nextInt(28),
                    words(random, 8));
        out.write(row);
        written += row.length() + 10;
      }
    }
  }

  static String words(SplittableRandom random, int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private static String row(String name, DocumentReader reader, Path file) throws IOException {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
    var scope =
        CallScope.within(
            Duration.ofHours(1),
            InstantSource.system(),
            Caller.of(new UserId("benchmark")),
            "benchmark");
    var counter = new Counter();
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime() + readersNanos();
    Reading reading;
    try (SeekableByteChannel content = Files.newByteChannel(file)) {
      reading = reader.read(scope, file.toString(), content, counter);
    }
    double seconds = (threads.getCurrentThreadCpuTime() + readersNanos() - before) / 1e9;
    if (!(reading instanceof Reading.Complete) || counter.characters == 0) {
      throw new IllegalStateException("not read: " + reading);
    }
    double megabytes = Files.size(file) / 1e6;
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %d | %.0f | %.1f | %.0f | %s |",
        name,
        megabytes,
        counter.blocks,
        counter.blocks / seconds,
        megabytes / seconds,
        peak() / 1e6,
        readersPeak());
  }

  /** What the processes that read documents have had of the CPU. */
  private static long readersNanos() {
    return ProcessHandle.current()
        .children()
        .mapToLong(process ->
            process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L).longValue())
        .sum();
  }

  /** The most memory that such a process has had, in MB, where the system tells. */
  private static String readersPeak() throws IOException {
    for (ProcessHandle process : ProcessHandle.current().children().toList()) {
      Path status = Path.of("/proc", Long.toString(process.pid()), "status");
      if (Files.isReadable(status)) {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmHWM:")) {
            return "" + Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1_000_000;
          }
        }
      }
    }
    return "–";
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
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

  private static final class Counter implements BlockConsumer {
    private long blocks;
    private long characters;

    @Override
    public void begin(SourceType type, String mediaType) {}

    @Override
    public void accept(Block block) {
      blocks++;
      characters += block.text().length();
    }
  }
}
