package io.kass.aws.s3;

import static io.kass.aws.sdk.WireProxy.CUT;
import static io.kass.aws.sdk.WireProxy.LOSE_REPLY;
import static io.kass.aws.sdk.WireProxy.PASS;
import static io.kass.aws.sdk.WireProxy.STALL;
import static io.kass.ports.TestScopes.scope;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.aws.sdk.StandIn;
import io.kass.aws.sdk.WireProxy;
import io.kass.aws.sdk.WireProxy.Judge;
import io.kass.aws.sdk.WireProxy.Verdict;
import io.kass.ports.CallScope;
import io.kass.ports.Cursor;
import io.kass.ports.TestScopes;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.document.DocumentStore.Access;
import io.kass.ports.document.DocumentStore.OpenDocument;
import io.kass.ports.document.StoredDocument;
import io.kass.ports.error.KassException.Cancelled;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.error.KassException.Rejected;
import io.kass.ports.error.KassException.Throttled;
import io.kass.ports.error.KassException.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the network, the service and the account do to documents, at the wire. */
@ExtendWith(StandIn.Extension.class)
class S3FaultsTest {
  private static final DocumentId ID = new DocumentId("folder/a b+c.txt");
  private static final String KEY = "/test-documents/folder/";

  private final CallScope scope = scope();
  private final List<WireProxy> proxies = new ArrayList<>();
  private TestBucket bucket;
  private StandIn standIn;

  @BeforeEach
  void open(StandIn server) {
    standIn = server;
    bucket = new TestBucket(server.endpoint(), TestBucket.config("", true));
  }

  @AfterEach
  void close() throws Exception {
    bucket.close();
    proxies.forEach(WireProxy::close);
  }

  private DocumentStore through(Judge judge) {
    return through(judge, TestBucket.config("", true));
  }

  private DocumentStore through(Judge judge, S3Config config) {
    var proxy = new WireProxy(standIn.endpoint(), judge);
    proxies.add(proxy);
    return new S3DocumentStore(bucket.connect(proxy.endpoint(), config));
  }

  private DocumentStore direct() {
    return new S3DocumentStore(bucket.connection());
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private String read(DocumentStore store) throws IOException {
    try (OpenDocument open = store.open(scope, ID, null)) {
      return new String(Channels.newInputStream(open.content()).readAllBytes(), UTF_8);
    }
  }

  @Test
  void knowsItsOwnUploadWhenTheReplyWasLost() throws IOException {
    DocumentStore store =
        through(request ->
            request.operation().startsWith("PUT " + KEY) && request.number() == 1
                ? LOSE_REPLY
                : PASS);
    StoredDocument first = store.putIf(scope, ID, bytes("one"), 3, null);
    assertThat(read(store)).isEqualTo("one");
    assertThatThrownBy(() -> store.putIf(scope, ID, bytes("two"), 3, null))
        .isInstanceOf(Rejected.class);
    store.putIf(scope, ID, bytes("two"), 3, first.version());
    assertThat(read(direct())).isEqualTo("two");
  }

  @Test
  void triesAgainWhenTheConnectionIsCutOrTheServiceIsSlow() throws IOException {
    DocumentStore store =
        through(request ->
            switch (request.number()) {
              case 1 -> CUT;
              case 2 -> slowDown();
              default -> PASS;
            });
    store.put(scope, ID, bytes("content"), 7);
    assertThat(read(store)).isEqualTo("content");
  }

  @Test
  void saysThatItIsThrottledWhenThatDoesNotEnd() {
    DocumentStore store = through(request -> slowDown());
    assertThatThrownBy(() -> store.put(scope, ID, bytes("content"), 7))
        .isInstanceOf(Throttled.class)
        .hasMessageContaining("test-documents");
  }

  private static Verdict slowDown() {
    return error(503, "SlowDown", "Please reduce your request rate.", Map.of());
  }

  private static Verdict error(
      int status, String code, String message, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/xml");
    return new Verdict.Answer(
        status,
        all,
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message));
  }

  @Test
  void readsOnWhereAnAnswerBrokeOff() throws IOException {
    String content = "0123456789".repeat(50_000);
    direct().put(scope, ID, bytes(content), content.length());
    var asked = new CopyOnWriteArrayList<String>();
    DocumentStore store =
        through(request -> {
          if (!request.operation().startsWith("GET " + KEY)) {
            return PASS;
          }
          asked.add(String.valueOf(request.headers().getFirst("Range")));
          // The head tells of more than comes, as when a connection breaks.
          return request.number() < 3 ? new Verdict.BreakOff(100_000) : PASS;
        });
    assertThat(read(store)).isEqualTo(content);
    assertThat(asked.getFirst()).isEqualTo("null");
    assertThat(asked).hasSizeGreaterThan(1).last().asString().matches("bytes=[0-9]{5,}-");
  }

  @Test
  void endsWhenItIsCalledOffWhileItReads() throws Exception {
    String content = "x".repeat(500_000);
    direct().put(scope, ID, bytes(content), content.length());
    WireProxy proxy =
        new WireProxy(
            standIn.endpoint(),
            request ->
                request.operation().startsWith("GET " + KEY)
                    ? new Verdict.StallAfter(100_000)
                    : PASS);
    proxies.add(proxy);
    DocumentStore store =
        new S3DocumentStore(bucket.connect(proxy.endpoint(), TestBucket.config("", true)));
    CallScope called = scope();
    try (OpenDocument open = store.open(called, ID, null);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> cancelled =
          threads.submit(() -> {
            proxy.awaitStall();
            called.cancellation().cancel();
            return true;
          });
      assertThatThrownBy(() -> Channels.newInputStream(open.content()).readAllBytes())
          .isInstanceOf(Cancelled.class);
      assertThat(cancelled.get()).isTrue();
    }
  }

  @Test
  void doesNotMixTwoVersionsOfADocument() throws IOException {
    DocumentStore store =
        new S3DocumentStore(bucket.connect(standIn.endpoint(), TestBucket.config("plain/", false)));
    String content = "0".repeat(300_000);
    store.put(scope, ID, bytes(content), content.length());
    try (OpenDocument open = store.open(scope, ID, null)) {
      store.put(scope, ID, bytes("1".repeat(300_000)), 300_000);
      open.content().position(200_000);
      assertThatThrownBy(() -> Channels.newInputStream(open.content()).readAllBytes())
          .isInstanceOf(Rejected.class)
          .hasMessageContaining("replaced");
    }
  }

  @Test
  void endsWithItsDeadline() {
    DocumentStore store = through(request -> STALL);
    CallScope little = TestScopes.scope(InstantSource.system(), Duration.ofMillis(500));
    assertThatThrownBy(() -> store.open(little, ID, null)).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | AccessDenied | Access Denied | s3:GetObject",
        "403 | AccessDenied | User: arn:x is not authorized to perform: kms:Decrypt on resource:"
            + " arn:aws:kms:key | kms:Decrypt",
        "400 | ExpiredToken | The provided token has expired. | expired",
        "403 | InvalidAccessKeyId | The AWS Access Key Id does not exist | credentials",
        "403 | RequestTimeTooSkewed | The difference is too large | clock",
        "301 | PermanentRedirect | The bucket must be addressed elsewhere | 'us-east-2'",
        "400 | AuthorizationHeaderMalformed | the region 'eu-west-1' is wrong | 'us-east-2'",
        "404 | NoSuchBucket | The specified bucket does not exist | Terraform",
      })
  void saysWhatToDoWhenTheServiceRefuses(int status, String code, String message, String told) {
    DocumentStore store =
        through(
            request -> error(status, code, message, Map.of("x-amz-bucket-region", "us-east-2")),
            new S3Config("test-documents", "", false, true, "", TestBucket.PART_BYTES));
    assertThatThrownBy(() -> store.open(scope, ID, null))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(told);
  }

  @Test
  void saysWhatToRunWhenTheBucketIsMissing() {
    var config = new S3Config("no-such-bucket", "", false, true, "", TestBucket.PART_BYTES);
    DocumentStore store = new S3DocumentStore(bucket.connect(standIn.endpoint(), config));
    assertThatThrownBy(() -> store.list(scope, "", Cursor.START))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("no-such-bucket")
        .hasMessageContaining("Terraform");
    assertThatThrownBy(() -> store.put(scope, ID, bytes("x"), 1)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void encryptsWithTheKeyThatIsSet() {
    var headers = new CopyOnWriteArrayList<String>();
    DocumentStore store =
        through(
            request -> {
              headers.add(
                  request.operation()
                      + " "
                      + request.headers().getFirst("x-amz-server-side-encryption")
                      + " "
                      + request.headers().getFirst("x-amz-server-side-encryption-aws-kms-key-id"));
              return PASS;
            },
            new S3Config("test-documents", "", true, true, "alias/kass", TestBucket.PART_BYTES));
    store.put(scope, ID, bytes("content"), 7);
    String large = "x".repeat(TestBucket.PART_BYTES + 1);
    store.put(scope, ID, bytes(large), large.length());
    assertThat(headers)
        .anyMatch(line -> line.startsWith("PUT " + KEY) && line.endsWith("aws:kms alias/kass"))
        .anyMatch(line -> line.contains("?uploads") && line.endsWith("aws:kms alias/kass"));
  }

  @Test
  void givesUpAnUploadOfPartsThatFails() {
    DocumentStore store = direct();
    String large = "x".repeat(TestBucket.PART_BYTES + 1);
    assertThatThrownBy(() -> store.put(scope, ID, bytes(large), large.length() + 1))
        .isInstanceOf(InvalidRequest.class);
    assertThat(
            bucket
                .connection()
                .client()
                .listMultipartUploads(request -> request.bucket("test-documents"))
                .uploads())
        .isEmpty();
    assertThat(store.list(scope, "", Cursor.START).documents()).isEmpty();
  }

  @Test
  void linksReadAndWriteOneDocument() throws Exception {
    URI put = direct().presign(scope, ID, Access.PUT, Duration.ofMinutes(5));
    try (var client = HttpClient.newHttpClient()) {
      var upload = HttpRequest.newBuilder(put).PUT(BodyPublishers.ofString("content")).build();
      assertThat(client.send(upload, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(read(direct())).isEqualTo("content");
      URI get = direct().presign(scope, ID, Access.GET, Duration.ofMinutes(5));
      assertThat(client.send(HttpRequest.newBuilder(get).build(), BodyHandlers.ofString()).body())
          .isEqualTo("content");
      assertThat(get.getQuery()).contains("X-Amz-Expires=300");
    }
    for (Duration bad : List.of(Duration.ZERO, Duration.ofDays(8))) {
      assertThatThrownBy(() -> direct().presign(scope, ID, Access.GET, bad))
          .isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void takesMarksOfFoldersForNoDocuments() {
    direct().put(scope, ID, bytes("content"), 7);
    bucket
        .connection()
        .client()
        .putObject(request -> request.bucket("test-documents").key("folder/"), RequestBody.empty());
    assertThat(direct().list(scope, "", Cursor.START).documents())
        .extracting(StoredDocument::id)
        .containsExactly(ID);
    assertThatThrownBy(() -> direct().put(scope, new DocumentId("folder/"), bytes("x"), 1))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void seesNothingOutsideOfItsPrefix() throws IOException {
    direct().put(scope, new DocumentId("documents/raw.txt"), bytes("outside"), 7);
    DocumentStore store =
        new S3DocumentStore(
            bucket.connect(standIn.endpoint(), TestBucket.config("documents/raw/", true)));
    assertThat(store.list(scope, "", Cursor.START).documents()).isEmpty();
    store.put(scope, ID, bytes("inside"), 6);
    assertThat(read(store)).isEqualTo("inside");
    assertThat(store.list(scope, "folder/", Cursor.START).documents())
        .extracting(StoredDocument::id)
        .containsExactly(ID);
    assertThat(store.versions(scope, ID, Cursor.START).items()).hasSize(1);
    assertThat(direct().list(scope, "documents/raw/", Cursor.START).documents())
        .extracting(document -> document.id().value())
        .containsExactly("documents/raw/" + ID);
    assertThat(store.remove(scope, ID)).isTrue();
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    DocumentStore store =
        new S3DocumentStore(bucket.connect(standIn.endpoint(), TestBucket.config("prefix/", true)));
    var id = new DocumentId("x".repeat(1020));
    assertThatThrownBy(() -> store.put(scope, id, bytes("x"), 1))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("1024");
  }
}
