package io.kass.ports.document;

import static io.kass.ports.TestScopes.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Bytewise;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.TestScopes;
import io.kass.ports.TestThreads;
import io.kass.ports.document.DocumentStore.Access;
import io.kass.ports.document.DocumentStore.Listing;
import io.kass.ports.document.DocumentStore.OpenDocument;
import io.kass.ports.document.DocumentStore.Problem;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.NotFound;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every document store does. A store of absolute ids overrides {@link #id}; one that cannot be
 * written through the port, {@link #give} and {@link #take}.
 */
public abstract class DocumentStoreContract {
  private final CallScope scope = scope();

  /** A store over this test's storage; each call stands for another process with the same one. */
  protected abstract DocumentStore open();

  /** The id by which the store knows a name that is relative to its beginning. */
  protected DocumentId id(String name) {
    return new DocumentId(name);
  }

  /** Makes a document be there, or have this content from now on. */
  protected void give(String name, byte[] content) {
    open().put(scope, id(name), new ByteArrayInputStream(content), content.length);
  }

  /** Makes a document go away. */
  protected void take(String name) {
    open().remove(scope, id(name));
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(open().list(scope, "", Cursor.START))
        .isEqualTo(new Listing(List.of(), List.of(), null));
    assertThat(open().versions(scope, id("a.txt"), Cursor.START).items()).isEmpty();
    assertThatThrownBy(() -> open().open(scope, id("a.txt"), null)).isInstanceOf(NotFound.class);
  }

  @Test
  void opensADocument() throws IOException {
    give("folder/a.txt", bytes("content"));
    try (OpenDocument open = open().open(scope, id("folder/a.txt"), null)) {
      assertThat(open.document().id()).isEqualTo(id("folder/a.txt"));
      assertThat(open.document().size()).isEqualTo(7);
      assertThat(open.content().size()).isEqualTo(7);
      assertThat(text(open.content())).isEqualTo("content");
      open.content().position(3);
      assertThat(text(open.content())).isEqualTo("tent");
      assertThat(open.content().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void keepsAnEmptyDocument() {
    give("empty.txt", new byte[0]);
    assertThat(read("empty.txt")).isEmpty();
    assertThat(all("")).singleElement().extracting(StoredDocument::size).isEqualTo(0L);
  }

  @Test
  void keepsALargeDocument() {
    byte[] content = new byte[5_000_001];
    new Random(1).nextBytes(content);
    give("large.bin", content);
    assertThat(read("large.bin")).isEqualTo(content);
  }

  @Test
  void listsWhatOpenTells() {
    give("a.txt", bytes("content"));
    try (OpenDocument open = open().open(scope, id("a.txt"), null)) {
      assertThat(all("")).containsExactly(open.document());
      assertThat(open().versions(scope, id("a.txt"), Cursor.START).items())
          .startsWith(open.document());
    }
  }

  @Test
  void opensTheVersionThatWasListed() {
    give("a.txt", bytes("content"));
    StoredDocument listed = all("").getFirst();
    try (OpenDocument open = open().open(scope, listed.id(), listed.version())) {
      assertThat(open.document()).isEqualTo(listed);
    }
    assertThatThrownBy(() -> open().open(scope, listed.id(), "no such version"))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void changesTheVersionWithTheContent() {
    give("a.txt", bytes("old"));
    String before = version("a.txt");
    assertThat(version("a.txt")).isEqualTo(before);
    for (String content : List.of("new", "old", "NEW")) {
      give("a.txt", bytes(content));
      assertThat(version("a.txt")).isNotEqualTo(before);
      before = version("a.txt");
    }
  }

  @Test
  void refusesAnEarlierVersionUnlessItIsKept() {
    give("a.txt", bytes("old"));
    String before = version("a.txt");
    give("a.txt", bytes("new"));
    if (open().capabilities().versions()) {
      try (OpenDocument kept = open().open(scope, id("a.txt"), before)) {
        assertThat(kept.document().version()).isEqualTo(before);
      }
    } else {
      assertThatThrownBy(() -> open().open(scope, id("a.txt"), before))
          .isInstanceOf(NotFound.class);
    }
  }

  @Test
  void forgetsWhatWentAway() {
    give("a.txt", bytes("content"));
    give("b.txt", bytes("content"));
    take("a.txt");
    assertThat(all("")).extracting(StoredDocument::id).containsExactly(id("b.txt"));
    assertThatThrownBy(() -> open().open(scope, id("a.txt"), null)).isInstanceOf(NotFound.class);
    assertThat(open().versions(scope, id("a.txt"), Cursor.START).items()).isEmpty();
  }

  @Test
  void listsInTheOrderOfTheIdsBytes() {
    List<String> names =
        List.of(
            "a.txt",
            "a/b.txt",
            "a/b/c.txt",
            "a-b/c.txt",
            "a-b.txt",
            "a0.txt",
            "A.txt",
            "b/a",
            "\uD83D\uDE00.txt",
            "\uFF21.txt",
            "\uFF21/x",
            "\uD83D\uDE00/x",
            "\u00E9.txt",
            "e\u0301.txt",
            "a/\u65E5\u672C/\u8A9E.md",
            "z",
            "a b.txt",
            "a!/x",
            "a+/x");
    names.forEach(name -> give(name, bytes(name)));
    List<DocumentId> ids = names.stream().map(this::id).sorted().toList();
    assertThat(all("")).extracting(StoredDocument::id).containsExactlyElementsOf(ids);
    assertThat(ids).isSortedAccordingTo((x, y) -> Bytewise.compare(x.value(), y.value()));
    names.forEach(name -> assertThat(read(name)).isEqualTo(bytes(name)));
  }

  @Test
  void listsWhatBeginsWithAPrefix() {
    for (String name : List.of("a.txt", "ab/c.txt", "ab/d/e.txt", "ab.txt", "abc/d.txt", "b.txt")) {
      give(name, bytes(name));
    }
    assertListed("ab/", "ab/c.txt", "ab/d/e.txt");
    assertListed("ab", "ab.txt", "ab/c.txt", "ab/d/e.txt", "abc/d.txt");
    assertListed("ab/d/e.txt", "ab/d/e.txt");
    assertListed("ab/d/e.txt/");
    assertListed("nothing");
    assertListed("%");
  }

  private void assertListed(String prefix, String... names) {
    assertThat(all(id(prefix).value()))
        .extracting(StoredDocument::id)
        .containsExactlyElementsOf(Arrays.stream(names).map(this::id).toList());
  }

  @Test
  void listsEachDocumentOnceWhileOthersComeAndGo() {
    for (int i = 0; i < 300; i++) {
      give("%d/%03d.txt".formatted(i % 7, i), bytes("content"));
    }
    List<DocumentId> before = all("").stream().map(StoredDocument::id).toList();
    assertThat(before).hasSize(300).doesNotHaveDuplicates().isSorted();
    var seen = new ArrayList<DocumentId>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Listing page = open().list(scope, "", cursor);
      assertThat(page.problems()).isEmpty();
      page.documents().forEach(document -> seen.add(document.id()));
      give("0/000 before all others.txt", bytes("content"));
      take("0/007.txt");
      cursor = page.next();
    }
    before.stream()
        .filter(id -> !id.equals(id("0/007.txt")))
        .forEach(id -> assertThat(seen).containsOnlyOnce(id));
  }

  @Test
  @Tag("D3")
  void keepsDocumentsOfOddNames() {
    String deep = "d/".repeat(300) + "\u65E5\u672C".repeat(40) + "/";
    String longest = deep + "x".repeat(1024 - deep.getBytes(StandardCharsets.UTF_8).length);
    assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(1024);
    List<String> names =
        List.of(
            "a+b c.txt",
            "a%2Bb%20c.txt",
            "\uD83D\uDE00\uD83D\uDC4D\uD83C\uDFFD.md",
            "%2e%2e/x.txt",
            "%2e%2e%2fx.txt",
            "a'b\"c.txt",
            "a\\b.txt",
            "a\nb\tc.txt",
            "a;b&c=d?e#f.txt",
            "~/x",
            "$HOME/x",
            "CON",
            "a*b[c].txt",
            " leading and trailing ",
            "-rf",
            longest);
    names.forEach(name -> give(name, bytes(name)));
    assertThat(all(""))
        .extracting(StoredDocument::id)
        .containsExactlyElementsOf(names.stream().map(this::id).sorted().toList());
    names.forEach(name -> assertThat(read(name)).isEqualTo(bytes(name)));
    names.forEach(this::take);
    assertThat(all("")).isEmpty();
  }

  @Test
  void replacesADocument() {
    if (refusesToWrite()) {
      return;
    }
    give("a.txt", bytes("old and long"));
    StoredDocument stored =
        open().put(scope, id("a.txt"), new ByteArrayInputStream(bytes("new")), 3);
    assertThat(stored).isEqualTo(all("").getFirst());
    assertThat(stored.size()).isEqualTo(3);
    assertThat(read("a.txt")).isEqualTo(bytes("new"));
  }

  @Test
  void storesNothingOfAContentThatIsNotWhole() {
    if (refusesToWrite()) {
      return;
    }
    give("a.txt", bytes("old"));
    for (int length : new int[] {2, 4, 0, 1_000_000}) {
      var content = new ByteArrayInputStream(bytes("new"));
      assertThatThrownBy(() -> open().put(scope, id("a.txt"), content, length))
          .isInstanceOf(InvalidRequest.class);
    }
    assertThatThrownBy(() -> open().put(scope, id("a.txt"), new BreakingStream(), 100_000))
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> open().put(scope, id("b.txt"), new BreakingStream(), 100_000))
        .isInstanceOf(Unavailable.class);
    assertThat(read("a.txt")).isEqualTo(bytes("old"));
    assertThat(all("")).hasSize(1);
  }

  @Test
  void storesOnlyOverTheVersionThatWasSeen() {
    if (refusesToWrite()) {
      return;
    }
    StoredDocument first = putIf("a.txt", "one", null);
    assertThatThrownBy(() -> putIf("a.txt", "two", null)).isInstanceOf(Rejected.class);
    StoredDocument second = putIf("a.txt", "two", first.version());
    assertThatThrownBy(() -> putIf("a.txt", "three", first.version())).isInstanceOf(Rejected.class);
    assertThat(read("a.txt")).isEqualTo(bytes("two"));
    take("a.txt");
    assertThatThrownBy(() -> putIf("a.txt", "three", second.version()))
        .isInstanceOf(Rejected.class);
    putIf("a.txt", "three", null);
    assertThat(read("a.txt")).isEqualTo(bytes("three"));
  }

  @Test
  void letsOneOfManyStoreOverAVersion() {
    if (refusesToWrite()) {
      return;
    }
    for (String name : List.of("new.txt", "there.txt")) {
      String seen = name.equals("new.txt") ? null : putIf(name, "start", null).version();
      List<Boolean> stored =
          TestThreads.atOnce(8, number -> () -> wins(open(), name, "by " + number, seen));
      assertThat(stored).containsOnlyOnce(true);
      assertThat(read(name)).isEqualTo(bytes("by " + stored.indexOf(true)));
    }
  }

  private boolean wins(DocumentStore store, String name, String content, @Nullable String seen) {
    byte[] bytes = bytes(content);
    try {
      store.putIf(scope, id(name), new ByteArrayInputStream(bytes), bytes.length, seen);
      return true;
    } catch (Rejected e) {
      return false;
    }
  }

  @Test
  void showsTheOldOrTheNewContentButNoMixture() {
    if (refusesToWrite()) {
      return;
    }
    byte[] even = "0".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
    byte[] odd = "1".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
    give("a.txt", even);
    List<Boolean> whole =
        TestThreads.atOnce(
            3,
            number ->
                () -> {
                  boolean allWhole = true;
                  for (int i = 0; i < 20; i++) {
                    if (number == 0) {
                      give("a.txt", i % 2 == 0 ? odd : even);
                    } else {
                      byte[] seen = read("a.txt");
                      allWhole &= Arrays.equals(seen, even) || Arrays.equals(seen, odd);
                    }
                  }
                  return allWhole;
                });
    assertThat(whole).doesNotContain(false);
  }

  @Test
  void removesADocument() {
    if (refusesToWrite()) {
      return;
    }
    give("folder/a.txt", bytes("content"));
    assertThat(open().remove(scope, id("folder/a.txt"))).isTrue();
    assertThat(open().remove(scope, id("folder/a.txt"))).isFalse();
    assertThat(open().remove(scope, id("folder"))).isFalse();
    give("folder", bytes("now a document"));
    assertThat(read("folder")).isEqualTo(bytes("now a document"));
  }

  @Test
  void refusesLinksWhereItMakesNone() {
    give("a.txt", bytes("content"));
    if (open().capabilities().presigns()) {
      assertThat(open().presign(scope, id("a.txt"), Access.GET, Duration.ofMinutes(1))).isNotNull();
      return;
    }
    assertThatThrownBy(() -> open().presign(scope, id("a.txt"), Access.GET, Duration.ofMinutes(1)))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void doesNothingForAScopeThatEnded() {
    CallScope ended = TestScopes.cancelled();
    assertThatThrownBy(() -> open().list(ended, "", Cursor.START)).isInstanceOf(Cancelled.class);
    assertThatThrownBy(() -> open().open(ended, id("a.txt"), null)).isInstanceOf(Cancelled.class);
    if (refusesToWrite()) {
      return;
    }
    assertThatThrownBy(
            () -> open().put(ended, id("a.txt"), new ByteArrayInputStream(bytes("x")), 1))
        .isInstanceOf(Cancelled.class);
    assertThat(all("")).isEmpty();
  }

  /** All documents that begin so; fails when there are problems. */
  protected final List<StoredDocument> all(String prefix) {
    var problems = new ArrayList<Problem>();
    List<StoredDocument> documents = all(prefix, problems);
    assertThat(problems).isEmpty();
    return documents;
  }

  /** All documents that begin so, problems apart. */
  protected final List<StoredDocument> all(String prefix, List<Problem> problems) {
    var documents = new ArrayList<StoredDocument>();
    Cursor cursor = Cursor.START;
    while (cursor != null) {
      Listing page = open().list(scope, prefix, cursor);
      documents.addAll(page.documents());
      problems.addAll(page.problems());
      cursor = page.next();
    }
    return documents;
  }

  /** A document's content. */
  protected final byte[] read(String name) {
    try (OpenDocument open = open().open(scope, id(name), null)) {
      return Channels.newInputStream(open.content()).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("the document cannot be read: " + name, e);
    }
  }

  private String version(String name) {
    try (OpenDocument open = open().open(scope, id(name), null)) {
      return open.document().version();
    }
  }

  private StoredDocument putIf(String name, String content, @Nullable String expected) {
    byte[] bytes = bytes(content);
    return open().putIf(scope, id(name), new ByteArrayInputStream(bytes), bytes.length, expected);
  }

  /** Whether it only reads; then it refuses every way of writing, and what is there stays. */
  private boolean refusesToWrite() {
    if (open().capabilities().writes()) {
      return false;
    }
    give("kept.txt", bytes("content"));
    var content = new ByteArrayInputStream(bytes("new"));
    assertThatThrownBy(() -> open().put(scope, id("kept.txt"), content, 3))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> open().putIf(scope, id("other.txt"), content, 3, null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> open().remove(scope, id("kept.txt")))
        .isInstanceOf(InvalidRequest.class);
    assertThat(read("kept.txt")).isEqualTo(bytes("content"));
    return true;
  }

  private static String text(SeekableByteChannel content) throws IOException {
    return new String(Channels.newInputStream(content).readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The text in UTF-8. */
  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Gives some bytes, then breaks. */
  private static final class BreakingStream extends InputStream {
    private int left = 50_000;

    @Override
    public int read() throws IOException {
      if (left-- > 0) {
        return 'x';
      }
      throw new IOException("the other side hung up");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      target[offset] = (byte) read();
      return 1;
    }
  }
}
