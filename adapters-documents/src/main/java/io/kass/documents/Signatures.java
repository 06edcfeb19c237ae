package io.kass.documents;

import io.kass.documents.format.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells by their first bytes what documents are that no reader knows, so that a refusal can name
 * them. Not complete, and need not be: what is not found here is refused as binary data.
 */
final class Signatures {
  private static final List<Signature> ALL =
      List.of(
          of("a PNG image", 0, "\u0089PNG\r\n\u001A\n"),
          of("a JPEG image", 0, "\u00FF\u00D8\u00FF"),
          of("a GIF image", 0, "GIF87a"),
          of("a GIF image", 0, "GIF89a"),
          of("a TIFF image", 0, "II*\u0000"),
          of("a TIFF image", 0, "MM\u0000*"),
          of("a BMP image", 0, "BM"),
          of("an icon", 0, "\u0000\u0000\u0001\u0000"),
          of("a Photoshop image", 0, "8BPS"),
          of("a WebP image", 8, "WEBP"),
          of("a WAV sound", 8, "WAVEfmt"),
          of("an AVI video", 8, "AVI LIST"),
          of("a HEIC image", 4, "ftyphei"),
          of("an AVIF image", 4, "ftypavif"),
          of("an MP4 or QuickTime file", 4, "ftyp"),
          of("a Matroska or WebM video", 0, "\u001AE\u00DF\u00A3"),
          of("an MP3 sound", 0, "ID3"),
          of("an MP3 sound", 0, "\u00FF\u00FB"),
          of("an Ogg file", 0, "OggS"),
          of("a FLAC sound", 0, "fLaC"),
          of("an EPUB book", 30, "mimetypeapplication/epub+zip"),
          of("an OpenDocument file", 30, "mimetypeapplication/vnd.oasis.opendocument"),
          of("a Java archive", 30, "META-INF/"),
          of("a ZIP archive", 0, "PK\u0003\u0004"),
          of("an empty ZIP archive", 0, "PK\u0005\u0006"),
          of("a gzip file", 0, "\u001F\u008B"),
          of("a bzip2 file", 0, "BZh"),
          of("an xz file", 0, "\u00FD7zXZ\u0000"),
          of("a Zstandard file", 0, "(\u00B5/\u00FD"),
          of("a 7-Zip archive", 0, "7z\u00BC\u00AF'\u001C"),
          of("a RAR archive", 0, "Rar!\u001A\u0007"),
          of("a tar archive", 257, "ustar"),
          of("a Unix library", 0, "!<arch>\n"),
          of("an RTF document", 0, "{\\rtf"),
          of("a PostScript document", 0, "%!PS"),
          of("a SQLite database", 0, "SQLite format 3\u0000"),
          of("a Java class file", 0, "\u00CA\u00FE\u00BA\u00BE"),
          of("a Linux program or library", 0, "\u007FELF"),
          of("a macOS program or library", 0, "\u00CF\u00FA\u00ED\u00FE"),
          of("a Windows program or library", 0, "MZ"),
          of("a WebAssembly module", 0, "\u0000asm"),
          of("a Parquet file", 0, "PAR1"),
          of("an HDF5 file", 0, "\u0089HDF\r\n\u001A\n"),
          of("a font", 0, "\u0000\u0001\u0000\u0000\u0000"),
          of("a font", 0, "OTTO\u0000"),
          of("a font", 0, "wOFF"),
          of("a font", 0, "wOF2"));

  private Signatures() {}

  /** What the document is, with its article, or null when that does not show. */
  static @Nullable String kindOf(Sample sample) {
    boolean binary = sample.isBinary();
    for (Signature signature : ALL) {
      // Texts begin with "BM25", too.
      if ((binary || !signature.mayBeginText()) && sample.has(signature.offset, signature.bytes)) {
        return signature.kind;
      }
    }
    return null;
  }

  private static Signature of(String kind, int offset, String bytes) {
    return new Signature(kind, offset, bytes);
  }

  private record Signature(String kind, int offset, String bytes) {
    /**
     * Whether a text could have these bytes there; a format that is text itself is no such case.
     */
    boolean mayBeginText() {
      boolean formatOfText = bytes.startsWith("{\\rtf") || bytes.startsWith("%!PS");
      return !formatOfText && bytes.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    }
  }
}
