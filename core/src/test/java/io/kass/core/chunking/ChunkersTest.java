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
                + " issue=fields-2:1000/150 change=change-1:600/100:approximate");
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
    assertThat(in("kass").id()).isEqualTo(Chunkers.defaults().id());
    Chunkers langchain = in("langchain:1000/200");
    assertThat(langchain.of(SourceType.MARKDOWN).id()).isEqualTo("langchain-1:1000/200");
    assertThat(langchain.of(SourceType.CODE).id()).isEqualTo("langchain-1:1000/200");
    assertThat(langchain.of(SourceType.CHAT).id()).isEqualTo("chat-1:10/2/4000");
    assertThat(in("legacy").of(SourceType.SPREADSHEET).id()).isEqualTo("sheet-1-legacy:2000/200");
    assertThat(in("recursive:500/0").of(SourceType.CODE).id()).isEqualTo("recursive-1:500/0");
    Chunkers sentences = in("sentences:1000/200");
    assertThat(sentences.of(SourceType.TEXT).id()).isEqualTo("sentences-1:1000/200");
    assertThat(sentences.of(SourceType.CODE).id()).isEqualTo("code-1:1200/200");
  }

  @Test
  void everySizeCanBeSet() {
    var settings =
        new ChunkingSettings(
            "kass", "101/1", "102/2", "103/3", "104/4", "5/1/105", "106/6", "107/7");
    assertThat(Chunkers.of(settings, new TokenMeasure("words", text -> 1)).id())
        .isEqualTo(
            "recursive-1:101/1 markdown=markdown-1:102/2 spreadsheet=sheet-1-rows:104/4"
                + " code=code-1:103/3 chat=chat-1:5/1/105 issue=fields-2:106/6"
                + " change=change-1:107/7:words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "1000/", "a/b", "1000/150/2", ""})
  void sizesThatAreNoneAreRefusedWithWhatWouldDo(String sizes) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() ->
            new ChunkingSettings(
                "kass", "1000/150", "1200/200", sizes, "2000/200", "10/2/4000", "16/1", "16/1"))
        .withMessageContaining("'code'")
        .withMessageContaining("1000/150");
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> in("langchain:" + sizes))
        .withMessageContaining("langchain:" + sizes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10/2", "2/2/4000", "10/2/1"})
  void windowsThatMakeNoSenseAreRefused(String windows) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> ChunkingSettings.windows(windows))
        .withMessageContaining("'chat'")
        .withMessageContaining("'" + windows + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "langchain", "semantic:100/1", "kass:1000/200"})
  void aModeThatIsNotThereIsRefusedWithThoseThatAre(String mode) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> in(mode))
        .withMessageContaining("'" + mode + "'")
        .withMessageContaining("'kass'")
        .withMessageContaining("langchain:1000/200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"langchain:15/0", "recursive:100/51", "sentences:1/1"})
  void sizesOfAModeThatMakeNoSenseAreRefused(String mode) {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> in(mode))
        .withMessageContaining("at least 16 characters");
  }

  @Test
  void sizesThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(15, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(100, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChunkSizes(100, 51));
  }

  private static Chunkers in(String mode) {
    return Chunkers.of(ChunkingSettings.DEFAULTS.in(mode), TokenMeasure.APPROXIMATE);
  }
}
