package io.kass.documents.office;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WithoutCellsTest {
  @ParameterizedTest
  @CsvSource({
    "<w><sheetData><row><c/></row></sheetData><m/></w>,      <w><sheetData></sheetData><m/></w>",
    "<x:w><x:sheetData ><x:row/></x:sheetData><x:m/></x:w>,  <x:w><x:sheetData"
        + " ></x:sheetData><x:m/></x:w>",
    "<w><sheetData>a</w:sheetDatas></sheetData ><m/></w>,    <w><sheetData></sheetData ><m/></w>",
    "<w><sheetData/><m/></w>,                                <w><sheetData/><m/></w>",
    "<w><sheetDatas>a</sheetDatas><m/></w>,                  <w><sheetDatas>a</sheetDatas><m/></w>",
    "<w a='sheetData>'><sheetData>a</sheetData></w>,         <w"
        + " a='sheetData>'><sheetData></sheetData></w>",
    "<w><sheetData><row>,                                    <w><sheetData>",
    "<w/>,                                                   <w/>"
  })
  void leavesOutWhatStandsBetweenTheTags(String xml, String rest) throws IOException {
    assertThat(new String(bytes(xml.getBytes(UTF_8)), UTF_8)).isEqualTo(rest);
  }

  @Test
  void isWholeWhereLettersAreNoBytesOfAscii() throws IOException {
    byte[] xml = "<w><sheetData>a</sheetData></w>".getBytes(UTF_16LE);

    assertThat(bytes(xml)).isEqualTo(xml);
  }

  @Test
  void findsTheTagsWhereverBuffersEnd() throws IOException {
    String cells = "<c/>".repeat(20_000);
    for (int i = 0; i < 40; i++) {
      String begin = "<w>" + " ".repeat(32_740 + i) + "<sheetData>";
      String end = "</sheetData><m/></w>";

      assertThat(new String(bytes((begin + " ".repeat(i) + cells + end).getBytes(UTF_8)), UTF_8))
          .isEqualTo(begin + end);
    }
  }

  private static byte[] bytes(byte[] xml) throws IOException {
    try (var in = new WithoutCells(new ByteArrayInputStream(xml))) {
      return in.readAllBytes();
    }
  }
}
