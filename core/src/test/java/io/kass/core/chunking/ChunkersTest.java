package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kass.ports.document.SourceType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkersTest {
  @Test
  void theIdNamesEveryChunkerWithItsSizes() {
    assertThat(Chunkers.defaults().id())
        .isEqualTo(
            "recursive-1:1000/150 markdown=markdown-1:1200/200"
                + " spreadsheet=recursive-1:2000/200 code=recursive-1:1200/200");
  }

  @Test
  void theIdDoesNotDependOnTheOrderOfTheMap() {
    var one = new RecursiveChunker(new ChunkSizes(100, 10));
    var two = new MarkdownChunker(new ChunkSizes(200, 20));
    var chunkers = new Chunkers(one, Map.of(SourceType.CHAT, one, SourceType.MARKDOWN, two));
    assertThat(chunkers.id())
        .isEqualTo("recursive-1:100/10 markdown=markdown-1:200/20 chat=recursive-1:100/10");
  }

  @Test
  void whatHasNoChunkerOfItsOwnIsCutAsRunningText() {
    Chunkers chunkers = Chunkers.defaults();
    assertThat(chunkers.of(SourceType.TEXT).id()).isEqualTo("recursive-1:1000/150");
    assertThat(chunkers.of(SourceType.PAGED).id()).isEqualTo("recursive-1:1000/150");
    assertThat(chunkers.of(SourceType.MARKDOWN).id()).isEqualTo("markdown-1:1200/200");
  }

  @Test
  void sizesThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(15, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(100, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(100, 51));
  }
}
