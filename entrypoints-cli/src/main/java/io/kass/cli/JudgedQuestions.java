package io.kass.cli;

import io.kass.core.evaluation.JudgedQuestion;
import io.kass.ports.document.DocumentId;
import io.kass.ports.error.KassException.InvalidRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the questions of an evaluation. */
final class JudgedQuestions {
  private JudgedQuestions() {}

  /**
   * The questions of a file; members that are not known are ignored.
   *
   * @throws InvalidRequest when there are none, or a line is not one; the message names the line
   */
  static List<JudgedQuestion> read(Path file, String name) {
    List<JudgedQuestion> questions =
        JsonLines.read(file, name).stream().map(JudgedQuestions::question).toList();
    if (questions.isEmpty()) {
      throw new InvalidRequest("There are no questions in " + name + ".");
    }
    return questions;
  }

  private static JudgedQuestion question(JsonLines.Line line) {
    @Nullable String kind = line.optionalText("kind");
    return new JudgedQuestion(
        line.text("question"),
        line.texts("relevant"),
        line.optionalText("answer"),
        kind == null ? "" : kind);
  }

  /** The names of relevant documents that none of these documents has. */
  static List<String> unknown(List<JudgedQuestion> questions, List<DocumentId> documents) {
    Set<String> names = new HashSet<>();
    for (DocumentId document : documents) {
      String id = document.value();
      names.add(id);
      for (int i = id.indexOf('/'); i >= 0; i = id.indexOf('/', i + 1)) {
        names.add(id.substring(i + 1));
      }
    }
    return questions.stream()
        .flatMap(question -> question.relevant().stream())
        .filter(relevant -> !names.contains(relevant))
        .distinct()
        .toList();
  }
}
