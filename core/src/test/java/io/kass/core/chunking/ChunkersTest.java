package io.kass.core.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kass.ports.document.SourceType;
import io.kass.ports.error.KassException.InvalidRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkersTest {
  @Test
  void theIdNamesEveryChunkerWithItsSizes() {
    assertThat(Chunkers.defaults().id())
        .isEqualTo(
            "recursive-1:1000/150 markdown=markdown-1:1200/200"
                + " spreadsheet=sheet-1-rows:2000/200 code=code-1:1200/200"
                + " chat=chat-1:10/2/4000"
                + " issue=fields-1:1000/150 change=fields-1:1000/150");
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
  void aModeNamesItsChunkersAndSizes() {
    assertThat(Chunkers.of("kass").id()).isEqualTo(Chunkers.defaults().id());
    Chunkers langchain = Chunkers.of("langchain:1000/200");
    assertThat(langchain.of(SourceType.MARKDOWN).id()).isEqualTo("langchain-1:1000/200");
    assertThat(langchain.of(SourceType.CODE).id()).isEqualTo("langchain-1:1000/200");
    assertThat(langchain.of(SourceType.CHAT).id()).isEqualTo("chat-1:10/2/4000");
    assertThat(Chunkers.of("legacy").of(SourceType.SPREADSHEET).id())
        .isEqualTo("sheet-1-legacy:2000/200");
    assertThat(Chunkers.of("recursive:500/0").of(SourceType.CODE).id())
        .isEqualTo("recursive-1:500/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "langchain", "langchain:1000", "semantic:100/1", "kass:1000/200"})
  void aModeThatIsNotThereIsRefusedWithThoseThatAre(String mode) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> Chunkers.of(mode))
        .withMessageContaining("'" + mode + "'")
        .withMessageContaining("'kass'")
        .withMessageContaining("langchain:1000/200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"langchain:15/0", "recursive:100/51"})
  void sizesOfAModeThatMakeNoSenseAreRefused(String mode) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> Chunkers.of(mode))
        .withMessageContaining("at least 16 characters");
  }

  @Test
  void sizesThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(15, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(100, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(100, 51));
  }
}
