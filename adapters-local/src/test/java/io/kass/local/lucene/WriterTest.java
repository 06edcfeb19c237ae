package io.kass.local.lucene;

import static io.kass.ports.index.ChunkBuilder.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.TestScopes;
import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Unavailable;
import io.kass.ports.index.Filter;
import io.kass.ports.index.Metric;
import io.kass.ports.index.Replacement;
import io.kass.ports.index.StoredChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
  @TempDir private Path directory;
  private TestIndex index;

  @BeforeEach
  void open() {
    index = TestIndex.open(directory, "buffered-chunks", "10");
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void changesAtTheSameTimeShareACommit() throws Exception {
    index.replace("first", "1");
    long before = commits();
    int writers = 16;
    long changes = 4L * writers;
    var together = new CountDownLatch(writers);
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        String document = "document" + i;
        futures.add(
            threads.submit(() -> {
              together.countDown();
              together.await();
              for (int round = 0; round < 4; round++) {
                index.replace(document, "" + round, chunk(document, "common").build());
              }
              return null;
            }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }

    assertThat(index.find("common", Language.ENGLISH)).hasSize(writers);
    assertThat(commits() - before).isLessThan(changes);
  }

  @Test
  void whatAnothersCommitMadeDurableIsNotCalledLostWhenTheNextChangeFails() throws Exception {
    // Turns: the first change; the second; the commit of both; the third change, which fails; and
    // then the second's own turn to commit, who finds it done.
    try (Writer writer = writer(directory.resolve("other"));
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      var second = new CompletableFuture<Thread>();
      var third = new CompletableFuture<Thread>();
      var three = new CompletableFuture<Future<String>>();
      Callable<String> fails =
          () -> {
            third.complete(Thread.currentThread());
            return writer.change(
                TestIndex.scope(),
                open -> {
                  throw new IOException("the third fails");
                });
          };
      var two = new CompletableFuture<Future<String>>();
      Callable<String> goesOn =
          () -> {
            second.complete(Thread.currentThread());
            return writer.change(
                TestIndex.scope(),
                open -> {
                  three.complete(threads.submit(fails));
                  return waitsInLine(third, "two");
                });
          };
      String one =
          writer.change(
              TestIndex.scope(),
              open -> {
                two.complete(threads.submit(goesOn));
                return waitsInLine(second, "one");
              });
      assertThat(one).isEqualTo("one");
      assertThat(two.join().get()).isEqualTo("two");
      assertThatThrownBy(() -> three.join().get()).hasCauseInstanceOf(KassException.class);
    }
  }

  @Test
  void whatAnothersFailureTookAlongSaysWhatFailed() throws Exception {
    try (Writer writer = writer(directory.resolve("other"));
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      var second = new CompletableFuture<Thread>();
      Callable<String> fails =
          () -> {
            second.complete(Thread.currentThread());
            return writer.change(
                TestIndex.scope(),
                open -> {
                  throw new IOException("No space left on device");
                });
          };
      assertThatThrownBy(() ->
              writer.change(
                  TestIndex.scope(),
                  open -> {
                    var unused = threads.submit(fails);
                    return waitsInLine(second, "one");
                  }))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("is full");
    }
  }

  /** Returns once the thread stands in line for its turn. */
  private static String waitsInLine(CompletableFuture<Thread> waiter, String result) {
    Thread thread = waiter.join();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return result;
  }

  private static Writer writer(Path path) {
    var wanted = new IndexIdentity("", "m", TestIndex.DIMENSION, Metric.COSINE, "c");
    var files = new IndexDirectory(path, FSDirectory::open);
    var similarity = new BM25Similarity();
    return new Writer(
        files,
        wanted,
        new WriterSettings(TestIndex.config(path), new FieldAnalyzer(), similarity),
        new Readers(files, wanted, similarity),
        InstantSource.system());
  }

  @Test
  void aLongReplacementGoesThroughAFileThatVanishes() throws Exception {
    List<StoredChunk> chunks = new ArrayList<>();
    for (int i = 0; i < 95; i++) {
      String text = "half \ud83d common " + i;
      chunks.add(
          chunk("a", text)
              .vector(1, i, 0, 0, 0, 0, 0, 0)
              .sentence(0, 4, Vector.of(1, 0, 0, 0, 0, 0, 0, 2))
              .sentence(5, 6, null)
              .build());
    }
    chunks.add(chunk("a", null).build());
    try (Replacement replacement =
        index.index().replace(TestIndex.scope(), TestIndex.stamp("a", "1"))) {
      for (StoredChunk chunk : chunks) {
        replacement.add(List.of(chunk));
      }
      replacement.commit();
    }
    try (Replacement abandoned =
        index.index().replace(TestIndex.scope(), TestIndex.stamp("a", "2"))) {
      abandoned.add(chunks.subList(0, 50));
    }

    assertThat(index.find("common", Language.ENGLISH)).hasSize(50);
    List<StoredChunk> found =
        index
            .index()
            .get(TestIndex.scope(), Set.copyOf(chunks.stream().map(StoredChunk::key).toList()));
    assertThat(found.stream().map(StoredChunk::chunk))
        .containsExactlyInAnyOrderElementsOf(chunks.stream().map(StoredChunk::chunk).toList());
    assertThat(found.stream().map(StoredChunk::vector))
        .containsExactlyInAnyOrderElementsOf(chunks.stream().map(StoredChunk::vector).toList());
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("pending"));
    }
  }

  @Test
  void aReplacementIsOverAfterItsCommit() {
    Replacement replacement = index.index().replace(TestIndex.scope(), TestIndex.stamp("a", "1"));
    replacement.commit();

    assertThatThrownBy(replacement::commit).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> replacement.add(List.of())).isInstanceOf(IllegalStateException.class);
    replacement.close();
  }

  @Test
  void stopsInTheMiddleOfAReplacementThatIsCancelled() {
    var scope = TestScopes.scope();
    try (Replacement replacement = index.index().replace(scope, TestIndex.stamp("a", "1"))) {
      replacement.add(List.of(chunk("a", "common").build()));
      scope.cancellation().cancel();

      assertThatThrownBy(() -> replacement.add(List.of(chunk("a", "more").build())))
          .isInstanceOf(Cancelled.class);
      assertThatThrownBy(replacement::commit).isInstanceOf(Cancelled.class);
    }
    assertThat(index.find("common", Language.ENGLISH)).isEmpty();
  }

  @Test
  void refusesEverythingOnceItIsClosed() {
    index.put(chunk("a", "common").build());
    Replacement open = index.index().replace(TestIndex.scope(), TestIndex.stamp("a", "1"));
    index.close();

    assertThatThrownBy(() -> index.put(chunk("a", "x").build())).isInstanceOf(Unavailable.class);
    assertThatThrownBy(open::commit).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> index.find("common", Language.ENGLISH))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("closed");
    open.close();
    index.close();
  }

  @Test
  void closesWhileItIsSearched() throws Exception {
    index.put(chunk("a", "common").vector(1, 0, 0, 0, 0, 0, 0, 0).build());
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> searches = new ArrayList<>();
      var started = new CountDownLatch(3);
      for (int i = 0; i < 3; i++) {
        searches.add(
            threads.submit(() -> {
              started.countDown();
              while (true) {
                index.find("common", Language.ENGLISH);
              }
            }));
      }
      started.await();
      index.close();
      for (Future<?> search : searches) {
        assertThatThrownBy(search::get).hasCauseInstanceOf(Unavailable.class);
      }
    }
  }

  @Test
  void refusesAFilterOfTooManyConditions() {
    index.put(chunk("a", "common").build());
    List<Filter> many = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      many.add(new Filter.Equals("field", Json.of(i)));
    }

    assertThatThrownBy(() -> index.search("common", Language.ENGLISH, null, 5, new Filter.Or(many)))
        .isInstanceOf(InvalidRequest.class);
    var values = new ArrayList<Json>();
    many.forEach(filter -> values.add(((Filter.Equals) filter).value()));
    assertThat(
            index
                .search("common", Language.ENGLISH, null, 5, new Filter.In("field", values))
                .keyword())
        .isEmpty();
  }

  @Test
  void isBuiltAnewAfterItsDirectoryWasDeleted() throws Exception {
    index.put(chunk("a", "common old").build());
    String id = index.index().description().id();
    index.close();
    try (TestIndex reader = TestIndex.open(directory)) {
      assertThat(reader.find("common", Language.ENGLISH)).hasSize(1);
      deleteFiles();
      assertThat(reader.find("common", Language.ENGLISH)).isEmpty();

      index = TestIndex.open(directory);
      index.put(chunk("a", "common new").build());
      assertThat(reader.find("common", Language.ENGLISH)).containsExactly("common new");
      assertThat(reader.index().description().id()).isNotEqualTo(id);
    }
  }

  private void deleteFiles() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private long commits() throws IOException {
    try (var files = FSDirectory.open(directory)) {
      return SegmentInfos.getLastCommitGeneration(files);
    }
  }
}
