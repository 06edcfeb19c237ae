package io.kass.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kass.ports.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("B2")
class SchemaTest {
  private static final Schema TICKET =
      schema(
          """
          {"type": "object", "description": "a ticket", "required": ["project"], "properties": {
            "project": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[A-Z]+$"},
            "priority": {"enum": ["high", "low"]},
            "kind": {"const": "bug"},
            "count": {"type": "integer", "minimum": 1, "maximum": 3},
            "weight": {"type": ["number", "null"]},
            "labels": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
            "due": {"type": "object", "properties": {"day": {"type": "integer"}}},
            "urgent": {"type": "boolean"},
            "notes": {"type": "object", "additionalProperties": true}}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | 'project' is missing",
        "{'project': 7} | 'project' must be of type string",
        "{'project': 'A'} | 'project' has 1, at least 2 characters",
        "{'project': 'ABCDEF'} | 'project' has 6, at most 5 characters",
        "{'project': 'AB1'} | 'project' must match ^[A-Z]+$",
        "{'project': 'AB', 'priority': 'none'} | 'priority' must be one of [\"high\",\"low\"]",
        "{'project': 'AB', 'kind': 'task'} | 'kind' must be \"bug\"",
        "{'project': 'AB', 'count': 0} | 'count' is 0, at least 1",
        "{'project': 'AB', 'count': 4} | 'count' is 4, at most 3",
        "{'project': 'AB', 'count': 1.5} | 'count' must be of type integer",
        "{'project': 'AB', 'weight': 'x'} | 'weight' must be of type [number,null]",
        "{'project': 'AB', 'labels': ['a', 1]} | 'labels[1]' must be of type string",
        "{'project': 'AB', 'labels': ['a', 'b', 'c']} | 'labels' has 3, at most 2 items",
        "{'project': 'AB', 'due': {'day': 'x'}} | 'due.day' must be of type integer",
        "{'project': 'AB', 'urgent': null} | 'urgent' must be of type boolean"
      })
  void tellsTheModelWhatIsWrong(String value, String problem) {
    assertThat(TICKET.problem(json(value))).isEqualTo(problem);
  }

  @Test
  void tellsOfAnArgumentThatIsNone() {
    assertThat(TICKET.problem(json("{'project': 'AB', 'due': {'hour': 1}}")))
        .isEqualTo("there is no argument 'due.hour'; there are: day");
    assertThat(TICKET.problem(json("{'project': 'AB', '" + "x".repeat(9_000) + "': 1}")))
        .hasSizeLessThan(250);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'project': 'AB'}",
        "{'project': 'AB', 'count': 3, 'weight': null, 'labels': [], 'urgent': true}",
        "{'project': 'AB', 'count': 2.0, 'weight': 1, 'kind': 'bug', 'due': {'day': 1}}",
        "{'project': 'AB', 'notes': {'anything': [1]}}"
      })
  void findsNothingWrongWithWhatFits(String value) {
    assertThat(TICKET.problem(json(value))).isNull();
  }

  @Test
  void refusesWhatItDoesNotCheck() {
    assertThatThrownBy(
            () -> schema("{\"properties\": {\"a\": {\"anyOf\": [{\"type\": \"string\"}]}}}"))
        .hasMessageContaining("anyOf");
    assertThatThrownBy(() -> schema("{\"items\": true}")).hasMessageContaining("an object");
  }

  private static Json json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static Schema schema(String text) {
    return new Schema((Json.Obj) Json.parse(text));
  }
}
