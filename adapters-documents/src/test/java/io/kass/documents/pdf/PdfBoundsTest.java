package io.kass.documents.pdf;

import static io.kass.ports.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.documents.TestDocuments;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.format.Sample;
import io.kass.documents.guarded.Guard;
import io.kass.ports.CallScope;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.InMemoryBytes;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents that were made to harm, and what becomes of the documents after them. */
class PdfBoundsTest {
  private static final byte[] HONEST = Pdfs.pages("An honest document.");

  /** They would end by themselves in a minute; meanwhile each takes memory. */
  @AfterEach
  void endIdleProcesses() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }

  @Tag("D11")
  @Test
  void givesUpALoopingDocumentAndReadsTheNext() {
    DocumentReader reader = TestDocuments.reader(within(Duration.ofSeconds(5)));

    ReadDocument document = ReadDocument.of(reader, "loop.pdf", HostilePdfs.looping());

    assertThat(document.cause()).isEqualTo(Cause.TOO_SLOW);
    assertThat(document.message()).contains("5 s", "documents.time");
    assertHonestDocumentIsRead(reader);
  }

  @Tag("D11")
  @Test
  void givesUpADocumentThatEatsMemoryAndReadsTheNext() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    byte[] pdf = HostilePdfs.unpacking();
    assertThat(pdf).hasSizeLessThan(2 << 20);

    ReadDocument document = ReadDocument.of(reader, "bomb.pdf", pdf);

    assertThat(document.cause()).isEqualTo(Cause.TOO_LARGE);
    assertThat(document.message()).contains("64 MiB", "documents.memory");
    assertHonestDocumentIsRead(reader);
  }

  @Tag("D11")
  @Test
  void givesUpADocumentThatIsNestedTooDeeplyAndReadsTheNext() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    int depth = 60_000;
    RawPdf pdf = RawPdf.onePage("BT ET", "").put(2, "<< /Type /Pages /Kids [5 0 R] /Count 1 >>");
    for (int i = 5; i < depth; i++) {
      pdf.put(i, "<< /Type /Pages /Kids [" + (i + 1) + " 0 R] /Count 1 >>");
    }
    pdf.put(depth, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");

    ReadDocument document = ReadDocument.of(reader, "deep.pdf", pdf.bytes());

    assertThat(document.cause()).isEqualTo(Cause.DAMAGED);
    assertThat(document.message()).contains("nested too deeply");
    assertHonestDocumentIsRead(reader);
  }

  @Tag("D11")
  @Test
  void readsThroughCircles() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    byte[] pdf =
        RawPdf.onePage(
                "BT /F 12 Tf 72 700 Td (Round) Tj ET /X Do",
                HostilePdfs.FONT + " /XObject << /X 5 0 R >>")
            .put(2, "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>")
            .put(
                5,
                RawPdf.stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0"
                        + " R >> >>",
                    RawPdf.latin("/X Do")))
            .bytes();

    assertThat(ReadDocument.of(reader, "circle.pdf", pdf).text()).startsWith("Round\n");
  }

  @Tag("D11")
  @Test
  void refusesMorePagesThanAllowed() {
    var limits = new DocumentLimits(1 << 20, 3, Duration.ofMinutes(1), Duration.ZERO, 64, 1);
    DocumentReader reader = TestDocuments.reader(limits);
    byte[] endless =
        RawPdf.onePage("BT ET", "")
            .put(2, "<< /Type /Pages /Kids [" + "3 0 R ".repeat(50_000) + "] /Count 50000 >>")
            .bytes();

    assertThat(ReadDocument.of(reader, "a.pdf", Pdfs.pages("1", "2", "3")).text())
        .isEqualTo("1\n2\n3\n");
    for (byte[] pdf : List.of(Pdfs.pages("1", "2", "3", "4"), endless)) {
      ReadDocument document = ReadDocument.of(reader, "a.pdf", pdf);
      assertThat(document.cause()).isEqualTo(Cause.TOO_LARGE);
      assertThat(document.message()).contains("3 pages", "documents.max-pages");
    }
  }

  @Test
  void endsTheProcessWhenTheCallIsCancelled() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    CallScope scope = TestScopes.scope();
    List<Long> before = processes();

    assertThatThrownBy(() ->
            read(
                reader,
                scope,
                HostilePdfs.pageAndThenALoop(),
                block -> Thread.startVirtualThread(scope.cancellation()::cancel)))
        .isInstanceOf(Cancelled.class);

    eventually(Duration.ofSeconds(30), () -> assertThat(before).containsAll(processes()));
    assertHonestDocumentIsRead(reader);
  }

  @Test
  void endsTheProcessWhenTheTimeOfTheCallHasPassed() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    List<Long> before = processes();

    assertThatThrownBy(() ->
            read(
                reader,
                TestScopes.scope(InstantSource.system(), Duration.ofSeconds(2)),
                HostilePdfs.looping(),
                block -> {}))
        .isInstanceOf(Unavailable.class);

    eventually(Duration.ofSeconds(30), () -> assertThat(before).containsAll(processes()));
  }

  @Test
  void endsTheProcessWhenTheConsumerFails() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    var full = new IllegalStateException("full");
    List<Long> before = processes();

    assertThatThrownBy(() ->
            read(
                reader,
                TestScopes.scope(),
                HostilePdfs.pageAndThenALoop(),
                block -> {
                  throw full;
                }))
        .isSameAs(full);

    eventually(Duration.ofSeconds(30), () -> assertThat(before).containsAll(processes()));
    assertHonestDocumentIsRead(reader);
  }

  @Test
  void startsAnotherProcessWhereThatOfBeforeIsGone() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    assertHonestDocumentIsRead(reader);

    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);

    assertHonestDocumentIsRead(reader);
  }

  @Test
  void usesAProcessAgain() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    assertHonestDocumentIsRead(reader);
    List<Long> before = processes();

    for (int i = 0; i < 5; i++) {
      assertHonestDocumentIsRead(reader);
    }

    assertThat(before).containsAll(processes());
  }

  @Test
  void startsNoMoreProcessesThanAllowed() {
    DocumentReader reader = TestDocuments.reader(TestDocuments.SMALL);
    List<Long> before = processes();

    TestThreads.atOnce(
        6,
        i ->
            () -> {
              assertHonestDocumentIsRead(reader);
              return i;
            });

    assertThat(processes().stream().filter(process -> !before.contains(process)).count())
        .isLessThanOrEqualTo(TestDocuments.SMALL.processes());
  }

  @Test
  void doesNotCountTheTimeThatTheConsumerTakes() throws Exception {
    var time = new AtomicLong();
    var format = format(within(Duration.ofMinutes(1)), time::get);

    Reading reading =
        read(
            format,
            Pdfs.pages("1", "2", "3"),
            block -> time.addAndGet(Duration.ofHours(1).toNanos()));

    assertThat(reading).isInstanceOf(Reading.Complete.class);
  }

  @Test
  void allowsMoreTimeForMorePages() throws Exception {
    String[] pages = Collections.nCopies(60, "a page").toArray(String[]::new);
    byte[] pdf = Pdfs.pages(pages);
    var strict = new DocumentLimits(1 << 20, 99, Duration.ofSeconds(30), Duration.ZERO, 64, 1);
    var fair =
        new DocumentLimits(1 << 20, 99, Duration.ofSeconds(30), Duration.ofSeconds(2), 64, 1);

    // Whatever is waited for comes a second later.
    var seconds = new AtomicLong();
    var refusing = format(strict, () -> Duration.ofSeconds(seconds.getAndIncrement()).toNanos());
    var reading = format(fair, () -> Duration.ofSeconds(seconds.getAndIncrement()).toNanos());

    assertThat(read(refusing, pdf, block -> {}))
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable -> assertThat(unreadable.cause()).isEqualTo(Cause.TOO_SLOW));
    assertThat(read(reading, pdf, block -> {})).isInstanceOf(Reading.Complete.class);
  }

  private static PdfFormat format(DocumentLimits limits, LongSupplier nanoTime) {
    return new PdfFormat(
        new Guard(Set.of(new PdfParser()), limits, InstantSource.system(), nanoTime));
  }

  private static void assertHonestDocumentIsRead(DocumentReader reader) {
    assertThat(ReadDocument.of(reader, "honest.pdf", HONEST).text())
        .isEqualTo("An honest document.\n");
  }

  private static DocumentLimits within(Duration time) {
    return new DocumentLimits(64L << 20, 200, time, Duration.ZERO, 64, 2);
  }

  private static List<Long> processes() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toList());
  }

  private static Reading read(
      DocumentReader reader, CallScope scope, byte[] pdf, Consumer<Block> taker)
      throws IOException {
    try (var content = new InMemoryBytes(pdf)) {
      return reader.read(scope, "a.pdf", content, new Taking(taker));
    }
  }

  private static Reading read(PdfFormat format, byte[] pdf, Consumer<Block> taker)
      throws IOException {
    try (var content = new InMemoryBytes(pdf)) {
      Sample sample = Sample.of("a.pdf", content);
      return format.read(TestScopes.scope(), sample, content, new Taking(taker));
    }
  }

  private record Taking(Consumer<Block> taker) implements BlockConsumer {
    @Override
    public void begin(SourceType type, String mediaType) {}

    @Override
    public void accept(Block block) {
      taker.accept(block);
    }
  }
}
