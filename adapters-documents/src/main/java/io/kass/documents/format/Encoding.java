package io.kass.documents.format;

import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/** A character encoding that text is read in. */
enum Encoding {
  UTF_8("UTF-8"),
  UTF_16LE("UTF-16LE"),
  UTF_16BE("UTF-16BE"),
  UTF_32LE("UTF-32LE"),
  UTF_32BE("UTF-32BE"),
  /** As Windows writes it, a superset of the standard's. */
  SHIFT_JIS("windows-31j"),
  /** With the characters of NEC and IBM, which the plain one lacks. */
  EUC_JP("x-eucJP-Open", "EUC-JP"),
  /** With the characters of NEC and half-width katakana, which the plain one lacks. */
  ISO_2022_JP("x-windows-iso2022jp", "ISO-2022-JP"),
  /** Central Europe. */
  WINDOWS_1250("windows-1250"),
  /** Cyrillic. */
  WINDOWS_1251("windows-1251"),
  WINDOWS_1252("windows-1252"),
  /** Greek. */
  WINDOWS_1253("windows-1253"),
  /** Turkish. */
  WINDOWS_1254("windows-1254");

  /** For messages. */
  static final String ALL =
      "UTF-8, UTF-16, UTF-32, Shift_JIS, EUC-JP, ISO-2022-JP and Windows-1250 to 1254";

  private final String charset;
  private final String otherwise;

  Encoding(String charset) {
    this(charset, charset);
  }

  Encoding(String charset, String otherwise) {
    this.charset = charset;
    this.otherwise = otherwise;
  }

  /** Looked up when needed, and with a second choice: small Java runtimes lack some. */
  Charset charset() {
    return Charset.forName(Charset.isSupported(charset) ? charset : otherwise);
  }

  /** A decoder that writes U+FFFD for whatever is not of this encoding. */
  CharsetDecoder decoder() {
    return charset()
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }
}
