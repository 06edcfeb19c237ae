package io.kass.documents.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.junit.jupiter.api.Test;

class SlideTextTest {
  private static final DocumentReader READER = TestDocuments.reader();

  @Test
  void readsSlidesAsPages() throws IOException {
    byte[] deck;
    try (var show = new XMLSlideShow()) {
      XSLFSlide first = show.createSlide();
      first.createTextBox().setText("Grows by a fifth");
      var title = first.createTextBox();
      title.setPlaceholder(Placeholder.TITLE);
      title.setText("売上の見通し");
      XSLFSlide second = show.createSlide();
      second.createGroup().createTextBox().setText("In a group");
      var table = second.createTable(2, 2);
      String[][] cells = {{"期", "売上"}, {"上期", "10億円"}};
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          table.getCell(i, j).setText(cells[i][j]);
        }
      }
      deck = bytes(show);
    }

    ReadDocument document = ReadDocument.of(READER, "a.pptx", deck);

    assertThat(document.type()).isEqualTo(SourceType.PAGED);
    assertThat(document.blocks().stream().map(WordTextTest::shown))
        .containsExactly("H1 売上の見通し", "Grows by a fifth\n", "In a group\n", "期: 上期 | 売上: 10億円");
    assertThat(document.blocks().stream().map(block -> block.place().locator()))
        .containsExactly(
            new Locator.Pages(1, 1),
            new Locator.Pages(1, 1),
            new Locator.Pages(2, 2),
            new Locator.Pages(2, 2));
  }

  @Test
  void saysThatPicturesAreNoText() throws IOException {
    try (var show = new XMLSlideShow()) {
      show.createSlide();

      assertThat(ReadDocument.of(READER, "a.pptx", bytes(show)).cause()).isEqualTo(Cause.NO_TEXT);
    }
  }

  private static byte[] bytes(XMLSlideShow show) throws IOException {
    var out = new ByteArrayOutputStream();
    show.write(out);
    return out.toByteArray();
  }
}
