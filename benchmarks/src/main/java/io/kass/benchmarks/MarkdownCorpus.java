package io.kass.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A long text to cut: the files under some paths, repeated with variations until it is long. */
record MarkdownCorpus(String text) {
  private static final List<String> ENDINGS =
      List.of(".md", ".txt", ".java", ".kt", ".py", ".js", ".ts", ".go", ".rs", ".c", ".rb");

  /**
   * Reads every text file under the paths, in order of their names.
   *
   * @param length the least number of UTF-16 code units wanted
   */
  static MarkdownCorpus of(List<Path> paths, int length) {
    List<String> files = paths.stream().flatMap(MarkdownCorpus::textsUnder).toList();
    if (files.isEmpty()) {
      throw new IllegalArgumentException("No text files under " + paths);
    }
    var text = new StringBuilder(length + (1 << 20));
    for (int copy = 0; text.length() < length; copy++) {
      for (String file : files) {
        text.append(copy == 0 ? file : varied(file, copy)).append("\n\n");
      }
    }
    return new MarkdownCorpus(text.toString());
  }

  private static Stream<String> textsUnder(Path path) {
    var texts = new ArrayList<String>();
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path file : walk.filter(MarkdownCorpus::isText).sorted().toList()) {
        texts.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts.stream();
  }

  private static boolean isText(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    return Files.isRegularFile(path) && ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** The same text with other numbers and with some words doubled, so that no two copies align. */
  private static String varied(String text, int copy) {
    var out = new StringBuilder(text.length() + text.length() / 16);
    int words = 0;
    int wordStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= '1' && c <= '9' ? (char) ('1' + (c - '1' + copy) % 9) : c);
      if (c == ' ' || c == '\n') {
        words++;
        if (c == ' ' && words % (17 + copy % 5) == 0 && i > wordStart && wordStart > 0) {
          out.append(text, wordStart, i).append(' ');
        }
        wordStart = i + 1;
      }
    }
    return out.toString();
  }
}
