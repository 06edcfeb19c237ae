package io.kass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private final References references =
      References.from(Path.of("/home/me"), ZoneId.of("Asia/Tokyo"));

  @Test
  void pathsBelowTheWorkingDirectoryAreRelative() {
    assertThat(references.document(new DocumentId("/home/me/a/b.md"))).isEqualTo("a/b.md");
    assertThat(references.document(new DocumentId("/home/me2/b.md"))).isEqualTo("/home/me2/b.md");
    assertThat(references.document(new DocumentId("p00001"))).isEqualTo("p00001");
    assertThat(References.from(Path.of("/"), ZoneOffset.UTC).document(new DocumentId("/etc/x")))
        .isEqualTo("etc/x");
  }

  @Test
  void everyKindOfPlaceHasAForm() {
    assertThat(place(new Locator.Lines(14, 20))).isEqualTo("a.md:14-20");
    assertThat(place(new Locator.Lines(14, 14))).isEqualTo("a.md:14");
    assertThat(place(new Locator.Pages(3, 3))).isEqualTo("a.md p. 3");
    assertThat(place(new Locator.Pages(3, 5))).isEqualTo("a.md p. 3-5");
    assertThat(place(new Locator.Rows("Prices", 2, 4))).isEqualTo("a.md 'Prices' rows 2-4");
    assertThat(place(new Locator.Rows("Prices", 2, 2))).isEqualTo("a.md 'Prices' row 2");
    assertThat(place(new Locator.Messages("general", Instant.EPOCH, Instant.EPOCH)))
        .isEqualTo("a.md #general 1970-01-01 09:00");
    assertThat(place(new Locator.Messages("general", null, null))).isEqualTo("a.md #general");
    assertThat(place(new Locator.Part("title"))).isEqualTo("a.md (title)");
    assertThat(place(new Locator.Whole())).isEqualTo("a.md");
  }

  private String place(Locator locator) {
    return references.place(new DocumentId("/home/me/a.md"), new Place(locator, List.of(), -1, -1));
  }
}
