package io.kass.core.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.ContentHash;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Reading;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DocumentRecordTest {
  @Property
  void comesBackEqual(@ForAll @NotEmpty @StringLength(max = 60) String id) {
    if (id.indexOf('\0') >= 0) {
      return;
    }
    var record =
        new DocumentRecord(
            "index-1",
            new DocumentId(id),
            "12 34",
            ContentHash.of(id),
            "00000000000000000042",
            3,
            DocumentRecord.State.SKIPPED,
            Reading.Cause.ENCRYPTED,
            "It asks for a password.");
    assertThat(DocumentRecord.decode(record.encode())).isEqualTo(record);
  }

  @Test
  void anUnknownFormatIsNoRecord() {
    assertThat(DocumentRecord.decode("9\nwhatever")).isNull();
  }

  @Test
  void longIdsHaveKeysOfTheirOwnThatFitTheLedger() {
    var one = new DocumentId("/folder/" + "語".repeat(1_000) + "/a");
    var other = new DocumentId("/folder/" + "語".repeat(1_000) + "/b");
    assertThat(DocumentRecord.key(one)).isNotEqualTo(DocumentRecord.key(other));
    assertThat(DocumentRecord.key(one).getBytes(StandardCharsets.UTF_8).length).isLessThan(1_024);
    assertThat(DocumentRecord.key(one)).startsWith(DocumentRecord.prefix("/folder/"));
    assertThat(DocumentRecord.key(one))
        .startsWith(DocumentRecord.prefix("/folder/" + "語".repeat(1_000)));
  }
}
