package io.kass.documents.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.documents.TestDocuments;
import io.kass.ports.document.Block;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.document.ReadDocument;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.SourceType;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeFormatTest {
  private final DocumentReader reader = TestDocuments.reader();

  @ParameterizedTest
  @CsvSource({
    "src/A.java, java",
    "A.KT, kotlin",
    "a.py, python",
    "a.mjs, javascript",
    "a.TSX, typescript",
    "a.go, go",
    "a.rs, rust",
    "a.c, c",
    "a.h, c",
    "a.cc, cpp",
    "a.cs, csharp",
    "a.rb, ruby",
    "a.php, php",
    "INSERT.SQL, sql",
    "a.sh, shell",
    "Dockerfile, dockerfile",
    "Dockerfile.dev, dockerfile",
    "Makefile, makefile",
    "a.yml, yaml",
    "a.toml, toml",
    "a.properties, properties",
    "INI.ini, ini"
  })
  void knowsLanguagesByName(String name, String language) {
    assertThat(language(name, "one\n\ntwo\n")).isEqualTo(language);
  }

  @Tag("D7")
  @ParameterizedTest
  @CsvSource({
    "run, #!/bin/sh, shell",
    "run.txt, #!/usr/bin/env bash, shell",
    "run, #!/usr/bin/env -S python3 -u, python",
    "run, #!/usr/bin/python3.12, python",
    "run, #!/usr/bin/env node, javascript",
    "tool.sh, #!/usr/bin/env python3, shell"
  })
  void knowsLanguagesByTheirFirstLine(String name, String first, String language) {
    assertThat(language(name, first + "\nexit\n")).isEqualTo(language);
  }

  @Tag("D7")
  @ParameterizedTest
  @CsvSource({
    "int add(int a);, c",
    "#include <stdio.h>, c",
    "class Stack {, cpp",
    "#include <vector>, cpp",
    "std::string name();, cpp"
  })
  void tellsHeadersOfCppFromThoseOfC(String line, String language) {
    assertThat(language("a.h", line + "\n")).isEqualTo(language);
  }

  @Tag("D7")
  @Test
  void refusesVideoThatIsNamedLikeTypeScript() {
    byte[] video = new byte[188 * 40];
    for (int i = 0; i < video.length; i++) {
      video[i] = (byte) (i % 188 == 0 ? 0x47 : (i * 31) >> 3);
    }

    assertThat(ReadDocument.of(reader, "clip.ts", video).cause()).isEqualTo(Cause.UNSUPPORTED);
  }

  @Tag("D7")
  @Test
  void readsTranslationsOfQtAsXml() {
    assertThat(language("app_ja.ts", "<?xml version=\"1.0\"?>\n<TS/>\n")).isEqualTo("xml");
  }

  @Tag("D13")
  @Test
  void decodesAndKeepsTheTextAsItStands() {
    String text = "// 在庫を数えます。一つずつ数えてください。\r\nint count;\r\n";

    ReadDocument document =
        ReadDocument.of(reader, "Stock.java", text.getBytes(Charset.forName("windows-31j")));

    assertThat(document.type()).isEqualTo(SourceType.CODE);
    assertThat(document.blocks())
        .containsExactly(
            new Block.Code(
                "java", text, new Place(new Locator.Lines(1, 2), List.of(), 0, text.length())));
  }

  @Test
  void windowsOfLongCodeAreContiguous() {
    String text = "  call(1, 2);\n".repeat(100_000);

    List<Block> blocks = ReadDocument.of(reader, "a.py", text).blocks();

    assertThat(blocks).hasSizeGreaterThan(1).hasOnlyElementsOfType(Block.Code.class);
    long end = 0;
    for (Block block : blocks) {
      Place place = block.place();
      assertThat(place.begin()).isEqualTo(end);
      end = place.end();
      assertThat(block.text()).isEqualTo(text.substring((int) place.begin(), (int) end));
    }
    assertThat(end).isEqualTo(text.length());
  }

  @Tag("D15")
  @Test
  void takesWhiteSpaceForNothing() {
    assertThat(ReadDocument.of(reader, "a.py", "\n \t\n").cause()).isEqualTo(Cause.EMPTY);
  }

  private String language(String name, String text) {
    ReadDocument document = ReadDocument.of(reader, name, text);
    assertThat(document.type()).isEqualTo(SourceType.CODE);
    return ((Block.Code) document.blocks().getFirst()).language();
  }
}
