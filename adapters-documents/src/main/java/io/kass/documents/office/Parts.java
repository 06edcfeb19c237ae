package io.kass.documents.office;

import io.kass.documents.guarded.DocumentBytes;
import io.kass.ports.document.Reading.Cause;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an Office document in its archive. Names are looked up and never become paths; what
 * comes out of the archive is counted; XML has no document type and so no entities, and nothing
 * that a part refers to outside of the archive is fetched. Not thread-safe.
 */
final class Parts implements AutoCloseable {
  private static final XMLInputFactory XML = xml();

  /** Where a relationship leads that stays within the archive. */
  record Relationship(String type, String target) {}

  private final ZipFile zip;
  private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
  private final long maxUnpacked;
  private long unpacked;

  private Parts(ZipFile zip, long maxUnpacked) {
    this.zip = zip;
    this.maxUnpacked = maxUnpacked;
    zip.getEntries()
        .asIterator()
        .forEachRemaining(entry -> entries.put(key(entry.getName()), entry));
  }

  static Parts open(DocumentBytes bytes, long maxUnpacked) throws IOException {
    try {
      return new Parts(
          ZipFile.builder().setSeekableByteChannel(bytes).setIgnoreLocalFileHeader(true).get(),
          maxUnpacked);
    } catch (IOException e) {
      throw Refused.damaged("the end of the archive is missing");
    }
  }

  private static XMLInputFactory xml() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
    return factory;
  }

  /** Names of parts do not differ by case. */
  private static String key(String name) {
    String plain = name.replace('\\', '/');
    return (plain.startsWith("/") ? plain.substring(1) : plain).toLowerCase(Locale.ROOT);
  }

  boolean has(String name) {
    return entries.containsKey(key(name));
  }

  /** Does something with each event of a part. */
  interface Events {
    void on(XMLStreamReader xml, int event) throws XMLStreamException, IOException;
  }

  /**
   * Reads a part from its beginning to its end. The empty name has no events.
   *
   * @throws Refused when it is not there, or is another one than what was packed
   */
  void read(String name, Events events) throws IOException {
    read(name, in -> in, events);
  }

  /** The same with something between the part and who reads it as XML. */
  void read(String name, UnaryOperator<InputStream> filter, Events events) throws IOException {
    if (name.isEmpty()) {
      return;
    }
    ZipArchiveEntry entry = entries.get(key(name));
    if (entry == null) {
      throw Refused.damaged(name + " is missing");
    }
    try (InputStream in = filter.apply(new Counted(entry))) {
      XMLStreamReader xml = XML.createXMLStreamReader(in);
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
          throw Refused.damaged(name + " declares a document type, which no Office program does");
        }
        events.on(xml, event);
      }
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof Refused refused) {
        throw refused;
      }
      throw Refused.damaged(name + " cannot be read");
    }
  }

  /** The name of the element that a part consists of, without its namespace; empty for none. */
  String root(String name) throws IOException {
    ZipArchiveEntry entry = entries.get(key(name));
    if (entry == null) {
      return "";
    }
    try (InputStream in = new Counted(entry)) {
      XMLStreamReader xml = XML.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          return xml.getLocalName();
        }
      }
      return "";
    } catch (XMLStreamException e) {
      throw Refused.damaged(name + " cannot be read");
    }
  }

  /** Where a part leads, by the ids of its relationships; those that lead outside are left out. */
  Map<String, Relationship> relationships(String part) throws IOException {
    int slash = part.lastIndexOf('/') + 1;
    String folder = part.substring(0, slash);
    var found = new LinkedHashMap<String, Relationship>();
    String list = folder + "_rels/" + part.substring(slash) + ".rels";
    read(
        has(list) ? list : "",
        (xml, event) -> {
          if (event == XMLStreamConstants.START_ELEMENT
              && xml.getLocalName().equals("Relationship")
              && !"External".equals(xml.getAttributeValue(null, "TargetMode"))) {
            String type = attribute(xml, "Type");
            found.put(
                attribute(xml, "Id"),
                new Relationship(
                    type.substring(type.lastIndexOf('/') + 1),
                    resolve(folder, attribute(xml, "Target"))));
          }
        });
    return found;
  }

  /** The first part of a kind that a part leads to, or null. */
  @Nullable String target(String part, String type) throws IOException {
    for (Relationship relationship : relationships(part).values()) {
      if (relationship.type().equals(type)) {
        return relationship.target();
      }
    }
    return null;
  }

  /** An attribute of an element, whatever its namespace; empty where there is none. */
  static String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }

  /** The relationship that an element names; an id without a namespace is another one. */
  static String reference(XMLStreamReader xml) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals("id") && xml.getAttributeNamespace(i) != null) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }

  private static String resolve(String folder, String target) {
    var path = new ArrayDeque<String>();
    String whole = target.startsWith("/") ? target.substring(1) : folder + target;
    for (String step : whole.split("/", -1)) {
      if (step.equals("..")) {
        path.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        path.addLast(step);
      }
    }
    return String.join("/", path);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Counts what is unpacked, over all parts, and sums it up. */
  private final class Counted extends FilterInputStream {
    private final ZipArchiveEntry entry;
    private final CRC32 sum = new CRC32();

    Counted(ZipArchiveEntry entry) throws IOException {
      super(zip.getInputStream(entry));
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value < 0) {
        end();
      } else {
        sum.update(value);
        count(1);
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read < 0) {
        end();
      } else {
        sum.update(bytes, offset, read);
        count(read);
      }
      return read;
    }

    private void end() throws Refused {
      if (sum.getValue() != entry.getCrc()) {
        throw Refused.damaged(entry.getName() + " is not what was packed");
      }
    }

    private void count(int bytes) throws IOException {
      unpacked += bytes;
      if (unpacked > maxUnpacked) {
        throw new Refused(
            Cause.TOO_LARGE,
            "It unpacks to more than %d bytes. Split it, or raise documents.max-bytes."
                .formatted(maxUnpacked));
      }
    }
  }
}
