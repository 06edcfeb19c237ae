package io.kass.archtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Which facts of the outside world have a test. {@code cases.txt} names each row with a mark:
 * {@code +} a test is tagged with it, {@code -} none is yet. The list must say the truth in both
 * directions, so a lost test shows.
 */
class CasesTest {
  private static final Pattern ROW = Pattern.compile("[FMDCVBA][0-9]{1,2}");

  @Test
  void listsTheRowsThatHaveNoTest() throws IOException {
    Set<String> listed = rows('-');
    Set<String> tagged = tags();
    assertThat(rows('+')).as("rows marked + in cases.txt, and tags of tests").isEqualTo(tagged);
    assertThat(listed).as("rows marked - in cases.txt").doesNotContainAnyElementsOf(tagged);
  }

  private static Set<String> rows(char mark) throws IOException {
    try (InputStream in = CasesTest.class.getResourceAsStream("/cases.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && line.charAt(0) == mark)
          .map(line -> line.split("\\s+", 3)[1])
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> tags() {
    var tags = new TreeSet<String>();
    for (JavaClass type : House.ALL) {
      type.getAnnotations().forEach(annotation -> collect(annotation, tags));
      for (JavaMember member : type.getMembers()) {
        member.getAnnotations().forEach(annotation -> collect(annotation, tags));
      }
    }
    return tags;
  }

  private static void collect(JavaAnnotation<?> annotation, Set<String> tags) {
    switch (annotation.getRawType().getName()) {
      case "org.junit.jupiter.api.Tag", "net.jqwik.api.Tag" -> add(annotation, tags);
      case "org.junit.jupiter.api.Tags", "net.jqwik.api.TagList" -> {
        if (annotation.getExplicitlyDeclaredProperty("value") instanceof JavaAnnotation<?>[] many) {
          for (JavaAnnotation<?> one : many) {
            add(one, tags);
          }
        }
      }
      default -> {}
    }
  }

  private static void add(JavaAnnotation<?> tag, Set<String> tags) {
    String value = (String) tag.getExplicitlyDeclaredProperty("value");
    if (ROW.matcher(value).matches()) {
      tags.add(value);
    }
  }
}
