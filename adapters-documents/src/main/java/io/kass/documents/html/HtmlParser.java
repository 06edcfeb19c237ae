package io.kass.documents.html;

import io.kass.documents.format.TextEncodings;
import io.kass.documents.guarded.BlockSink;
import io.kass.documents.guarded.DocumentBytes;
import io.kass.documents.guarded.DocumentParser;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Complete;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Reads HTML, one document after another. */
final class HtmlParser implements DocumentParser {
  static final String MEDIA_TYPE = "text/html";

  /** Where browsers look for a declared encoding, and a little more. */
  private static final int DECLARED_WITHIN = 4096;

  private static final Pattern DECLARED =
      Pattern.compile(
          "<meta[^>]{0,200}?charset\\s*=\\s*[\"']?\\s*([a-z0-9_.:-]{2,40})"
              + "|<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([a-z0-9_.:-]{2,40})",
          Pattern.CASE_INSENSITIVE);

  @Override
  public List<Class<?>> needs() {
    return List.of(Jsoup.class);
  }

  @Override
  public String remedy() {
    return "Save its text as another file";
  }

  @Override
  public Reading parse(DocumentBytes bytes, Bounds bounds, BlockSink blocks) throws IOException {
    Charset charset = TextEncodings.charsetOf(bytes);
    Charset declared = declared(bytes);
    if (charset == null && declared == null) {
      return new Unreadable(
          Cause.UNSUPPORTED,
          "It is in a character encoding that KASS does not know, and declares none. Save it as"
              + " UTF-8.");
    }
    Charset chosen = chosen(charset, declared);
    bytes.position(0);
    // Not closed: there is nothing to close.
    InputStream in = Channels.newInputStream(bytes);
    Document document = Jsoup.parse(in, chosen == null ? "UTF-8" : chosen.name(), "");
    var walk = new HtmlWalk(blocks);
    document.filter(walk);
    return walk.finish()
        ? new Complete(SourceType.TEXT, MEDIA_TYPE)
        : new Unreadable(Cause.EMPTY, "It holds nothing but white space.");
  }

  /**
   * What the bytes say is sure where they are of Unicode, and where they are not although they are
   * declared to be; among the others the author knows best.
   */
  private static @Nullable Charset chosen(@Nullable Charset found, @Nullable Charset declared) {
    boolean sure = found != null && (isUnicode(found) || (declared != null && isUnicode(declared)));
    return sure || declared == null ? found : declared;
  }

  private static boolean isUnicode(Charset charset) {
    return charset.name().startsWith("UTF");
  }

  private static @Nullable Charset declared(DocumentBytes bytes) throws IOException {
    byte[] head = new byte[DECLARED_WITHIN];
    bytes.position(0);
    int length = Math.max(0, bytes.read(head, 0, head.length));
    String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    Matcher matcher = DECLARED.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return TextEncodings.named(name.toLowerCase(Locale.ROOT));
  }
}
