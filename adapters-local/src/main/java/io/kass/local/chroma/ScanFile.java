package io.kass.local.chroma;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.error.KassException.Unavailable;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The records of a collection in a file that vanishes with it, and their keys, sorted, in memory:
 * about 150 bytes a record. Written once, then read; thread-safe while it is read.
 */
final class ScanFile implements Closeable {
  /**
   * Where a record is.
   *
   * @param key the key of its chunk
   * @param offset where it begins in the file
   * @param length how many bytes it has there
   */
  private record Entry(String key, long offset, int length) {}

  private final FileChannel file;
  private final DataOutputStream out;
  private final List<Entry> entries = new ArrayList<>();
  private long written;

  /** An empty one. */
  ScanFile(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path path = Files.createTempFile(directory, "scan", ".tmp");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
  }

  /** Adds a record, without its vector. */
  void add(String key, ChromaRecord record) throws IOException {
    byte[] id = bytes(record.id());
    byte[] metadata = bytes(record.metadata().canonical());
    String document = record.document();
    byte[] text = document == null ? new byte[0] : bytes(document);
    out.writeInt(id.length);
    out.write(id);
    out.writeInt(metadata.length);
    out.write(metadata);
    out.writeInt(document == null ? -1 : text.length);
    out.write(text);
    int length = 3 * Integer.BYTES + id.length + metadata.length + text.length;
    entries.add(new Entry(key, written, length));
    written += length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Ends the writing. */
  void sort() throws IOException {
    out.flush();
    entries.sort(Comparator.comparing(Entry::key));
  }

  int size() {
    return entries.size();
  }

  /** The first position whose key is this one or comes after it. */
  int position(String key) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).key().compareTo(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  String key(int position) {
    return entries.get(position).key();
  }

  int length(int position) {
    return entries.get(position).length();
  }

  /** The record at a position, without its vector. */
  ChromaRecord record(int position) {
    Entry entry = entries.get(position);
    try {
      ByteBuffer bytes = ByteBuffer.allocate(entry.length());
      while (bytes.hasRemaining()) {
        if (file.read(bytes, entry.offset() + bytes.position()) < 0) {
          throw new IOException("it ends too soon");
        }
      }
      var in = new DataInputStream(new ByteArrayInputStream(bytes.array()));
      String id = text(in.readNBytes(in.readInt()));
      Json metadata = Json.parse(text(in.readNBytes(in.readInt())));
      int length = in.readInt();
      return new ChromaRecord(
          id,
          length < 0 ? null : text(in.readNBytes(length)),
          metadata instanceof Json.Obj object
              ? new Metadata(new TreeMap<>(object.members()))
              : Metadata.EMPTY,
          null,
          Double.NaN);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static Unavailable failure(IOException e) {
    return new Unavailable(
        "The file that sorts the records of a scan cannot be used: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
