package io.kass.local.lucene;

import io.kass.ports.Audience;
import io.kass.ports.Json;
import io.kass.ports.index.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Conditions on chunks as Lucene queries. */
final class FilterQueries {
  private FilterQueries() {}

  /** The chunks that a caller of these groups may see. */
  static Query visibleTo(Audience audience) {
    List<BytesRef> groups = new ArrayList<>();
    audience.groups().forEach(group -> groups.add(utf8(group)));
    return new TermInSetQuery(Fields.AUDIENCE, groups);
  }

  /** The documents that meet the condition. Not only chunks: {@link #visibleTo} sees to that. */
  static Query of(Filter filter) {
    return switch (filter) {
      case Filter.All() -> MatchAllDocsQuery.INSTANCE;
      case Filter.Equals(String field, Json value) -> in(field, List.of(value));
      case Filter.In(String field, List<Json> values) -> in(field, values);
      case Filter.Range(String field, @Nullable Json from, @Nullable Json to) ->
          range(field, from, to);
      case Filter.And(List<Filter> filters) -> all(filters);
      case Filter.Or(List<Filter> filters) -> any(filters);
      case Filter.Not(Filter negated) ->
          new BooleanQuery.Builder()
              .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
              .add(of(negated), Occur.MUST_NOT)
              .build();
    };
  }

  private static Query in(String field, List<Json> values) {
    List<BytesRef> terms = new ArrayList<>();
    for (Json value : values) {
      BytesRef term = term(field, value);
      if (term != null) {
        terms.add(term);
      }
    }
    String in = isDocument(field) ? Fields.DOCUMENT : Fields.METADATA;
    return switch (terms.size()) {
      case 0 -> MatchNoDocsQuery.INSTANCE;
      case 1 -> new TermQuery(new Term(in, terms.get(0)));
      default -> new TermInSetQuery(in, terms);
    };
  }

  private static Query range(String field, @Nullable Json from, @Nullable Json to) {
    Json bound = from == null ? to : from;
    if (bound == null) {
      throw new IllegalArgumentException("a range has a bound");
    }
    if (!isDocument(field)) {
      return new TermRangeQuery(
          Fields.METADATA,
          from == null ? MetadataTerms.first(field, bound) : MetadataTerms.of(field, from),
          to == null ? MetadataTerms.afterLast(field, bound) : MetadataTerms.of(field, to),
          true,
          false);
    }
    return bound instanceof Json.Text
        ? new TermRangeQuery(Fields.DOCUMENT, term(field, from), term(field, to), true, false)
        : MatchNoDocsQuery.INSTANCE;
  }

  private static @Nullable BytesRef term(String field, @Nullable Json value) {
    if (value == null) {
      return null;
    }
    if (!isDocument(field)) {
      return MetadataTerms.of(field, value);
    }
    return value instanceof Json.Text(String text) ? utf8(text) : null;
  }

  private static Query all(List<Filter> filters) {
    if (filters.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    var query = new BooleanQuery.Builder();
    filters.forEach(filter -> query.add(of(filter), Occur.FILTER));
    return query.build();
  }

  private static Query any(List<Filter> filters) {
    var query = new BooleanQuery.Builder();
    filters.forEach(filter -> query.add(of(filter), Occur.SHOULD));
    return filters.isEmpty() ? MatchNoDocsQuery.INSTANCE : query.build();
  }

  private static boolean isDocument(String field) {
    return field.equals(Filter.DOCUMENT);
  }

  /** The bytes that a text is compared by, here and in the index. */
  static BytesRef utf8(String text) {
    return new BytesRef(text.getBytes(StandardCharsets.UTF_8));
  }
}
