package io.kass.documents.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in which encoding a text was written, from all of its bytes: first what is certain (a
 * byte order mark, well-formed UTF-8, the escapes of ISO-2022-JP), then what is likely. Nothing is
 * guessed where guessing wrong would fill the index with garbage.
 */
final class EncodingDetector {
  /** What was found out. */
  sealed interface Finding {
    /**
     * Text.
     *
     * @param markLength bytes of the byte order mark before it
     */
    record Text(Encoding encoding, int markLength) implements Finding {}

    /** No text, or in an encoding that is not known. */
    record Unknown(String message) implements Finding {}
  }

  /** What is looked at for the encodings other than UTF-8; they show soon what they are. */
  private static final int ENOUGH = 1 << 20;

  private static final int BLOCK = 1 << 16;

  private final ByteCensus bytes = new ByteCensus();
  private final Utf8Census utf8 = new Utf8Census();
  private final Utf16Census utf16 = new Utf16Census();
  private final Iso2022JpCensus iso2022Jp = new Iso2022JpCensus();
  private final ShiftJisCensus shiftJis = new ShiftJisCensus();
  private final EucJpCensus eucJp = new EucJpCensus();
  private final WesternCensus western = new WesternCensus();
  private final CodePages pages = new CodePages();
  private long lookedAt;

  private EncodingDetector() {}

  /**
   * Reads a document once, from its beginning, and tells what it is.
   *
   * @param check is run before each block; what it throws passes through
   */
  static Finding detect(SeekableByteChannel content, Runnable check) throws IOException {
    content.position(0);
    var detector = new EncodingDetector();
    ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    boolean first = true;
    while (fill(content, buffer)) {
      check.run();
      if (first) {
        Finding marked = byMark(buffer.array(), buffer.position());
        if (marked != null) {
          return marked;
        }
        first = false;
      }
      detector.add(buffer.array(), buffer.position());
      buffer.clear();
    }
    return detector.conclude();
  }

  /** Decodes the beginning of a document; what is no text becomes an empty one. */
  static String decode(byte[] head) {
    Finding finding = byMark(head, head.length);
    if (finding == null) {
      var detector = new EncodingDetector();
      detector.add(head, head.length);
      finding = detector.conclude();
    }
    return switch (finding) {
      case Finding.Unknown unknown -> "";
      case Finding.Text(Encoding encoding, int markLength) ->
          new String(head, markLength, head.length - markLength, encoding.charset());
    };
  }

  private static boolean fill(SeekableByteChannel content, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (content.read(buffer) < 0) {
        break;
      }
    }
    return buffer.position() > 0;
  }

  private static @Nullable Finding byMark(byte[] head, int length) {
    if (begins(head, length, 0xEF, 0xBB, 0xBF)) {
      return new Finding.Text(Encoding.UTF_8, 3);
    } else if (begins(head, length, 0, 0, 0xFE, 0xFF)) {
      return new Finding.Text(Encoding.UTF_32BE, 4);
    } else if (begins(head, length, 0xFF, 0xFE, 0, 0)) {
      // A text in UTF-16 that begins with NUL is none.
      return new Finding.Text(Encoding.UTF_32LE, 4);
    } else if (begins(head, length, 0xFE, 0xFF)) {
      return new Finding.Text(Encoding.UTF_16BE, 2);
    } else if (begins(head, length, 0xFF, 0xFE)) {
      return new Finding.Text(Encoding.UTF_16LE, 2);
    }
    return null;
  }

  private static boolean begins(byte[] head, int length, int... mark) {
    if (length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private void add(byte[] block, int length) {
    long highBefore = bytes.high();
    bytes.add(block, length);
    utf8.add(block, length);
    iso2022Jp.add(block, length);
    if (bytes.length() <= ENOUGH) {
      utf16.add(block, length);
    }
    // Blocks of mere ASCII tell nothing about these.
    boolean ascii = bytes.high() == highBefore && shiftJis.atRest() && eucJp.atRest();
    if (!ascii && lookedAt <= ENOUGH) {
      shiftJis.add(block, length);
      eucJp.add(block, length);
      western.add(block, length);
      pages.add(block, length);
      lookedAt += length;
    }
  }

  private Finding conclude() {
    if (bytes.hasNul()) {
      if (utf16.isLittleEndian()) {
        return text(Encoding.UTF_16LE);
      } else if (utf16.isBigEndian()) {
        return text(Encoding.UTF_16BE);
      }
      return binary();
    }
    if (bytes.isBinary()) {
      return binary();
    }
    if (bytes.high() == 0) {
      return text(iso2022Jp.isIso2022Jp() ? Encoding.ISO_2022_JP : Encoding.UTF_8);
    }
    if (utf8.broken() * 4 <= utf8.sequences()) {
      return text(Encoding.UTF_8);
    }
    return byLikelihood();
  }

  private Finding byLikelihood() {
    shiftJis.end();
    eucJp.end();
    double asShiftJis = shiftJis.score();
    // Korean and Chinese look like kanji in EUC-JP, but never like kana.
    double asEucJp = eucJp.kanaShare() >= 0.1 ? eucJp.score() : 0;
    if (Math.max(asShiftJis, asEucJp) >= 0.7) {
      return text(asShiftJis > asEucJp ? Encoding.SHIFT_JIS : Encoding.EUC_JP);
    }
    Encoding page = page();
    if (page != null) {
      return text(page);
    }
    if (utf8.broken() < utf8.sequences()) {
      return text(Encoding.UTF_8);
    }
    return new Finding.Unknown(
        "It is in a character encoding that KASS does not know (it knows "
            + Encoding.ALL
            + "), or it is not text. Save it as UTF-8.");
  }

  private @Nullable Encoding page() {
    boolean likeWestern = western.isWestern();
    if (likeWestern && pages.isOfWesternLanguage()) {
      return Encoding.WINDOWS_1252;
    }
    Encoding other = pages.otherScript();
    if (other == null) {
      other = pages.otherLatin();
    }
    return other == null && likeWestern ? Encoding.WINDOWS_1252 : other;
  }

  private static Finding text(Encoding encoding) {
    return new Finding.Text(encoding, 0);
  }

  private static Finding binary() {
    return new Finding.Unknown("It is binary data, not text. Leave it out.");
  }
}
