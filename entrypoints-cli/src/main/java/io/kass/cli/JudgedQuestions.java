package io.kass.cli;

import io.kass.core.evaluation.JudgedQuestion;
import io.kass.ports.error.KassException.InvalidRequest;
import java.nio.file.Path;
import java.util.List;
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
}
