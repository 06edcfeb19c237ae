package io.kass.local.chroma;

import io.kass.ports.Audience;
import io.kass.ports.Bytewise;
import io.kass.ports.Json;
import io.kass.ports.index.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in the server's words. It has no words for all of them (texts between two bounds, a
 * beginning of a name, an item of an array, "not"), so a clause may let more through than its
 * filter does, never less: what comes back is held to the filter again.
 */
final class FilterClauses {
  /** What the server is asked with. */
  sealed interface Asked {}

  /** Nothing can be found. */
  record Never() implements Asked {}

  /** Everything may be found. */
  record Always() implements Asked {}

  /** What meets this. */
  record Where(Json clause) implements Asked {}

  /** Beyond it, whole numbers and real ones are no longer told apart. */
  private static final long EXACT = 1L << 53;

  private static final Json ONE = Json.of(1);

  private final ChromaApi api;
  private final boolean own;

  /**
   * Conditions for a collection.
   *
   * @param own whether KASS may have written to it
   */
  FilterClauses(ChromaApi api, boolean own) {
    this.api = api;
    this.own = own;
  }

  /** The records that may be hits of this search. */
  Asked hits(Filter filter, Audience audience) {
    var all = new ArrayList<Asked>();
    all.add(clause(filter, false));
    if (own) {
      all.add(without(OwnRecords.EMPTY));
      var visible = new ArrayList<Asked>();
      if (audience.groups().contains(Audience.EVERYONE_GROUP)) {
        visible.add(without(OwnRecords.FORMAT)); // what the legacy application wrote
      }
      for (String group : audience.groups()) {
        if (!Bytewise.hasHalfCharacter(group)) {
          visible.add(new Where(compare(OwnRecords.GROUP + group, "$eq", ONE)));
        }
      }
      all.add(any(visible));
    }
    return all(all);
  }

  /** Records that do not have 1 under this name. */
  private Asked without(String name) {
    // Servers of 0.4 take "not equal" for "has another value".
    return api == ChromaApi.V1 ? new Always() : new Where(compare(name, "$ne", ONE));
  }

  private Asked clause(Filter filter, boolean negated) {
    return switch (filter) {
      case Filter.All() -> negated ? new Never() : new Always();
      case Filter.Equals(String field, Json value) ->
          negated ? differs(field, List.of(value)) : equals(field, List.of(value));
      case Filter.In(String field, List<Json> values) ->
          negated ? differs(field, values) : equals(field, values);
      case Filter.Range(String field, @Nullable Json from, @Nullable Json to) ->
          negated ? new Always() : range(field, from, to);
      case Filter.And(List<Filter> filters) ->
          negated ? any(clauses(filters, true)) : all(clauses(filters, false));
      case Filter.Or(List<Filter> filters) ->
          negated ? all(clauses(filters, true)) : any(clauses(filters, false));
      case Filter.Not(Filter inner) -> clause(inner, !negated);
    };
  }

  private List<Asked> clauses(List<Filter> filters, boolean negated) {
    return filters.stream().map(filter -> clause(filter, negated)).toList();
  }

  private Asked equals(String field, List<Json> values) {
    if (field.equals(Filter.DOCUMENT)) {
      return documents(values);
    }
    var any = new ArrayList<Asked>();
    for (Json value : values) {
      Asked one = equals(field, value);
      if (one instanceof Always) {
        return one;
      }
      any.add(one);
    }
    return any.isEmpty() ? new Never() : orNested(any(any));
  }

  private static Asked equals(String field, Json value) {
    if (!OwnRecords.isNativeName(field)) {
      return new Always();
    }
    return switch (value) {
      case Json.Text(String text) ->
          Bytewise.hasHalfCharacter(text) ? new Always() : new Where(compare(field, "$eq", value));
      case Json.Int(long n) -> number(field, n);
      case Json.Real(double d) ->
          d == Math.rint(d) && Math.abs(d) < EXACT ? number(field, (long) d) : new Always();
      case Json.Bool b -> new Always();
      case Json.Null none -> new Never();
      case Json.Array items -> new Never();
      case Json.Obj members -> new Never();
    };
  }

  /** Servers of 0.4 look for whole numbers among whole ones only, and for real ones the same. */
  private static Asked number(String field, long n) {
    return Math.abs(n) >= EXACT || n == Long.MIN_VALUE
        ? new Always()
        : any(
            List.of(
                new Where(compare(field, "$eq", Json.of(n))),
                new Where(compare(field, "$eq", Json.of((double) n)))));
  }

  /** Legacy records may name the document as their file, or by their id, which cannot be asked. */
  private static Asked documents(List<Json> values) {
    var any = new ArrayList<Asked>();
    for (Json value : values) {
      if (!(value instanceof Json.Text(String text))) {
        continue;
      }
      if (text.startsWith("legacy/") || Bytewise.hasHalfCharacter(text)) {
        return new Always();
      }
      any.add(new Where(compare(OwnRecords.DOCUMENT, "$eq", value)));
      any.add(new Where(compare(LegacyRecords.FILE, "$eq", value)));
    }
    return any(any);
  }

  private Asked differs(String field, List<Json> values) {
    var all = new ArrayList<Asked>();
    for (Json value : values) {
      boolean askable =
          api == ChromaApi.V2
              && OwnRecords.isNativeName(field)
              && !field.equals(Filter.DOCUMENT)
              && value instanceof Json.Text(String text)
              && !Bytewise.hasHalfCharacter(text);
      all.add(askable ? new Where(compare(field, "$ne", value)) : new Always());
    }
    return all(all);
  }

  /** The server compares numbers only, and those that are exact as doubles surely. */
  private Asked range(String field, @Nullable Json from, @Nullable Json to) {
    if (api == ChromaApi.V1
        || field.equals(Filter.DOCUMENT)
        || !OwnRecords.isNativeName(field)
        || !isSmall(from)
        || !isSmall(to)) {
      return new Always();
    }
    var all = new ArrayList<Asked>();
    if (from != null) {
      all.add(new Where(compare(field, "$gte", from)));
    }
    if (to != null) {
      // Real numbers may have come to the server changed in their last bit.
      all.add(new Where(compare(field, "$lte", to)));
    }
    return orNested(all(all));
  }

  private static boolean isSmall(@Nullable Json bound) {
    return switch (bound) {
      case null -> true;
      case Json.Int(long n) -> n > -EXACT && n < EXACT;
      default -> false;
    };
  }

  /** Values that the server does not see may be what is looked for. */
  private Asked orNested(Asked asked) {
    return own ? any(List.of(asked, new Where(compare(OwnRecords.NESTED, "$eq", ONE)))) : asked;
  }

  private static Json compare(String field, String operator, Json value) {
    return new Json.Obj(Map.of(field, new Json.Obj(Map.of(operator, value))));
  }

  private static Asked all(List<Asked> parts) {
    if (parts.stream().anyMatch(Never.class::isInstance)) {
      return new Never();
    }
    List<Json> clauses = clauses(parts);
    return clauses.isEmpty() ? new Always() : new Where(joined("$and", clauses));
  }

  private static Asked any(List<Asked> parts) {
    if (parts.stream().anyMatch(Always.class::isInstance)) {
      return new Always();
    }
    List<Json> clauses = clauses(parts);
    return clauses.isEmpty() ? new Never() : new Where(joined("$or", clauses));
  }

  private static List<Json> clauses(List<Asked> parts) {
    var clauses = new ArrayList<Json>();
    for (Asked part : parts) {
      if (part instanceof Where(Json clause)) {
        clauses.add(clause);
      }
    }
    return clauses;
  }

  /** Servers of 0.4 want two at the least. */
  private static Json joined(String operator, List<Json> clauses) {
    return clauses.size() == 1
        ? clauses.get(0)
        : new Json.Obj(Map.of(operator, new Json.Array(clauses)));
  }
}
