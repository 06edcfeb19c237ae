package io.kass.ports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads one JSON text (RFC 8259), strictly; see {@link Json#parse}. */
final class JsonParser {
  /** Deeper values are refused, so that no text can exhaust the stack. */
  private static final int MAX_DEPTH = 500;

  private final String text;
  private int at;

  JsonParser(String text) {
    this.text = text;
  }

  Json parse() {
    skipSpace();
    Json value = value(0);
    skipSpace();
    if (at < text.length()) {
      throw problem("nothing more");
    }
    return value;
  }

  private Json value(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("JSON of more than " + MAX_DEPTH + " levels");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Text(string());
      case 't' -> literal("true", new Json.Bool(true));
      case 'f' -> literal("false", new Json.Bool(false));
      case 'n' -> literal("null", new Json.Null());
      default -> number();
    };
  }

  private Json object(int depth) {
    var members = new LinkedHashMap<String, Json>();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      return new Json.Obj(members);
    }
    do {
      skipSpace();
      int start = at;
      String name = string();
      skipSpace();
      expect(':');
      skipSpace();
      if (members.putIfAbsent(name, value(depth + 1)) != null) {
        at = start;
        throw problem("a name that was not there before");
      }
      skipSpace();
    } while (goesOn('}'));
    return new Json.Obj(members);
  }

  private Json array(int depth) {
    List<Json> items = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      return new Json.Array(items);
    }
    do {
      skipSpace();
      items.add(value(depth + 1));
      skipSpace();
    } while (goesOn(']'));
    return new Json.Array(items);
  }

  private boolean goesOn(char end) {
    char c = peek();
    if (c != ',' && c != end) {
      throw problem("',' or '" + end + "'");
    }
    at++;
    return c == ',';
  }

  private String string() {
    expect('"');
    int plain = at;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain < text.length() && text.charAt(plain) == '"') {
      String whole = text.substring(at, plain);
      at = plain + 1;
      return whole;
    }
    return stringWithEscapes();
  }

  private static boolean isPlain(char c) {
    return c != '"' && c != '\\' && c >= ' ';
  }

  private String stringWithEscapes() {
    var out = new StringBuilder();
    for (char c = peek(); c != '"'; c = peek()) {
      if (c < ' ') {
        throw problem("no control character in a string");
      }
      at++;
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> {
        at--;
        throw problem("an escape");
      }
    };
  }

  private char codeUnit() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw problem("a hexadecimal digit");
      }
      unit = unit * 16 + digit;
      at++;
    }
    return (char) unit;
  }

  private Json number() {
    int start = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    boolean whole = true;
    if (skip('.')) {
      whole = false;
      digits();
    }
    if (skip('e') || skip('E')) {
      whole = false;
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    String number = text.substring(start, at);
    if (whole) {
      try {
        return new Json.Int(Long.parseLong(number));
      } catch (NumberFormatException e) {
        // More than 64 bits: the nearest real number then.
        return new Json.Real(Double.parseDouble(number));
      }
    }
    return new Json.Real(Double.parseDouble(number));
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw problem("a value");
    }
  }

  private Json literal(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw problem("a value");
    }
    at += word.length();
    return value;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw problem("'" + c + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw problem("more");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException problem(String expected) {
    return new IllegalArgumentException("not JSON: at offset " + at + " expected " + expected);
  }
}
