package io.kass.local.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.kass.local.lucene.Identifiers.Identifier;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifiersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error ERR-4021, again       | err-4021
          set max_connections=5       | max_connections max connections
          (com.acme.Foo)              | com.acme.foo com acme foo
          getUserName()               | get user name
          C++ and C#.                 | c++ c#
          see /etc/nginx.conf.        | etc/nginx.conf nginx conf
          v1.2.3-rc1                  | v1.2.3-rc1 v1
          user@example.com            | user@example.com example com
          a well-known word           | well-known
          p99 latency                 |
          plain words. And more: yes  |
          --- ... ///                 |
          設定はmax_sizeです           | max_size max size
          """)
  void finds(String text, String expected) {
    assertThat(Identifiers.find(text).stream().map(Identifier::text))
        .containsExactly(expected == null ? new String[0] : expected.split(" "));
  }

  @Test
  void leavesOutWhatIsTooLong() {
    String path = "part/".repeat(100) + "file.txt";

    assertThat(Identifiers.find(path)).extracting(Identifier::text).containsExactly("file", "txt");
  }

  @Property
  void placesAreWhereTheTextIs(@ForAll @StringLength(max = 60) String text) {
    List<Identifier> found = Identifiers.find(text);

    for (Identifier identifier : found) {
      assertThat(text.substring(identifier.begin(), identifier.end()).toLowerCase(Locale.ROOT))
          .isEqualTo(identifier.text());
    }
  }
}
