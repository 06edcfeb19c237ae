package io.kass.documents.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.kass.ports.Json;
import io.kass.ports.document.Reading.Cause;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text, read as a stream: one token at a time, or one value at a time where values are
 * small. Comments and commas before a closing bracket are let pass, as in settings files; of
 * members with the same name the last one counts. Not thread-safe.
 */
public final class JsonText {
  /** The longest string that is read, and the most text that one value may hold. */
  private static final int MAX_TEXT = 16 << 20;

  private static final int MAX_NODES = 500_000;
  private static final int MAX_DEPTH = 500;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .build())
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** Pictures and files within texts: long, without white space, of these characters only. */
  private static final Pattern BLOB =
      Pattern.compile("(?:data:[\\w/+.;=-]{1,100},)?[A-Za-z0-9+/=_-]{1000,}+");

  private final JsonParser parser;
  private final Runnable check;
  private int tokens;
  private int budget;
  private int nodes;

  /**
   * Begins to read.
   *
   * @param check is run now and then; what it throws passes through
   */
  public JsonText(Reader reader, Runnable check) throws IOException {
    this.parser = FACTORY.createParser(reader);
    this.parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    this.check = check;
  }

  /** Whether the document begins like a JSON object or array, as far as it was looked at. */
  public static boolean begins(Sample sample) {
    String head = sample.text().stripLeading();
    return (head.startsWith("{") || head.startsWith("[")) && begins(head, sample.isWhole());
  }

  private static boolean begins(String head, boolean whole) {
    try (JsonParser parser = FACTORY.createParser(head)) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
      }
      return tokens > 1;
    } catch (JsonEOFException e) {
      // Of a long document only the beginning was looked at.
      return !whole;
    } catch (StreamConstraintsException e) {
      return true;
    } catch (JsonProcessingException e) {
      // The cut may go through a word, such as true.
      return !whole && e.getLocation().getCharOffset() >= head.length() - 8;
    } catch (IOException e) {
      throw new AssertionError("a text is read without a device", e);
    }
  }

  /**
   * The next token, or null at the end of the text.
   *
   * @throws DocumentFault when the text is no JSON there
   */
  public @Nullable JsonToken next() throws IOException {
    if (tokens++ % 10_000 == 0) {
      check.run();
    }
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw fault(e);
    }
  }

  /** The text of the token: of a string its value, of a member its name. */
  public String text() throws IOException {
    try {
      String text = parser.getText();
      return text == null ? "" : text;
    } catch (JsonProcessingException e) {
      throw fault(e);
    }
  }

  /** Leaves out the value that begins at this token. */
  public void skip() throws IOException {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      throw fault(e);
    }
  }

  /** The line of the token, from 1. */
  public int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  /**
   * The value that begins at this token, whole.
   *
   * @param without names of members to leave out, at any depth
   * @throws DocumentFault when it is larger than a value that is read at once may be
   */
  public Json value(Set<String> without) throws IOException {
    budget = MAX_TEXT;
    nodes = 0;
    return build(without);
  }

  private Json build(Set<String> without) throws IOException {
    JsonToken token = parser.currentToken();
    if (++nodes > MAX_NODES || budget < 0) {
      throw new DocumentFault(
          Cause.TOO_LARGE,
          "A single value around line %d is larger than can be read at once.".formatted(line()));
    }
    return switch (token) {
      case START_OBJECT -> {
        var members = new LinkedHashMap<String, Json>();
        while (next() != JsonToken.END_OBJECT) {
          String name = text();
          next();
          if (without.contains(name)) {
            skip();
          } else {
            members.put(name, build(without));
          }
        }
        yield new Json.Obj(members);
      }
      case START_ARRAY -> {
        var items = new ArrayList<Json>();
        while (next() != JsonToken.END_ARRAY) {
          items.add(build(without));
        }
        yield new Json.Array(items);
      }
      case VALUE_NULL -> new Json.Null();
      case VALUE_TRUE, VALUE_FALSE -> Json.of(token == JsonToken.VALUE_TRUE);
      default -> {
        // Numbers are kept as they are written.
        String text = text();
        budget -= text.length();
        yield Json.of(text);
      }
    };
  }

  /** Whether the string is a picture, a file or a key rather than something to read. */
  public static boolean isBlob(String text) {
    return text.length() >= 1000 && BLOB.matcher(text).matches();
  }

  private static DocumentFault fault(JsonProcessingException e) {
    int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    if (e instanceof StreamConstraintsException) {
      return new DocumentFault(
          Cause.TOO_LARGE,
          "Its JSON goes beyond what is read around line %d: %d levels, strings of %d characters, numbers of 1000 digits."
              .formatted(line, MAX_DEPTH, MAX_TEXT));
    } else if (e instanceof JsonEOFException) {
      return new DocumentFault(
          Cause.DAMAGED, "Its JSON ends in the middle. Get it again; a part of it is missing.");
    }
    return new DocumentFault(
        Cause.DAMAGED, "Its JSON is broken in line %d. Repair it.".formatted(line));
  }
}
