package io.kass.documents.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvProperties {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

  @Property
  void whatIsWrittenAsTheStandardSaysReadsBack(
      @ForAll("tables") List<List<String>> table,
      @ForAll("separators") char separator,
      @ForAll("lineEnds") String lineEnd)
      throws IOException {
    String text =
        table.stream()
            .map(row ->
                row.stream().map(CsvProperties::quote).collect(Collectors.joining("" + separator)))
            .collect(Collectors.joining(lineEnd));

    var parser = new CsvParser(new StringReader(text), separator);
    var read = new ArrayList<List<String>>();
    int line = 1;
    for (CsvRecord record = parser.next(); record != null; record = parser.next()) {
      read.add(record.values());
      assertThat(record.firstLine()).isEqualTo(line);
      long breaks = LINE_END.matcher(String.join("|", record.values())).results().count();
      assertThat((long) record.lastLine() - record.firstLine()).isEqualTo(breaks);
      line = record.lastLine() + 1;
    }

    assertThat(read).isEqualTo(table);
  }

  private static String quote(String value) {
    return '"' + value.replace("\"", "\"\"") + '"';
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> value =
        Arbitraries.of("a", "\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "休暇", "👩‍👩‍👧")
            .list()
            .ofMaxSize(6)
            .map(parts -> String.join("", parts));
    return value.list().ofMinSize(1).ofMaxSize(5).list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<Character> separators() {
    return Arbitraries.of(',', ';', '\t', '|');
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n", "\r");
  }
}
