package io.kass.local.lucene;

import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Sentence;
import io.kass.ports.index.StoredChunk;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Chunks that wait to be written, in order: few of them in memory, more in a file that vanishes
 * when it is closed. Used by one thread.
 */
final class ChunkBuffer implements Closeable {
  private final Path directory;
  private final int inMemory;
  private final List<StoredChunk> recent = new ArrayList<>();
  private @Nullable FileChannel file;
  private @Nullable DataOutputStream out;
  private int inFile;

  /** What is done with each chunk. */
  @FunctionalInterface
  interface Sink {
    void accept(StoredChunk chunk) throws IOException;
  }

  /**
   * An empty one.
   *
   * @param directory where the file is made
   * @param inMemory how many chunks are kept in memory
   */
  ChunkBuffer(Path directory, int inMemory) {
    this.directory = directory;
    this.inMemory = inMemory;
  }

  void add(StoredChunk chunk) throws IOException {
    recent.add(chunk);
    if (recent.size() > inMemory) {
      spill();
    }
  }

  void forEach(Sink sink) throws IOException {
    DataOutputStream written = out;
    FileChannel from = file;
    if (written != null && from != null) {
      written.flush();
      from.position(0);
      var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(from)));
      for (int i = 0; i < inFile; i++) {
        sink.accept(read(in));
      }
    }
    for (StoredChunk chunk : recent) {
      sink.accept(chunk);
    }
  }

  private void spill() throws IOException {
    DataOutputStream to = out;
    if (to == null) {
      Path path = Files.createTempFile(directory, "pending", ".tmp");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      to = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
      out = to;
    }
    for (StoredChunk chunk : recent) {
      write(chunk, to);
    }
    inFile += recent.size();
    recent.clear();
  }

  private static void write(StoredChunk stored, DataOutputStream to) throws IOException {
    BytesRef chunk = ChunkRecord.encode(stored.chunk(), null, null);
    to.writeInt(chunk.length);
    to.write(chunk.bytes, chunk.offset, chunk.length);
    writeVector(stored.vector(), to);
    to.writeInt(stored.sentences().size());
    for (Sentence sentence : stored.sentences()) {
      to.writeInt(sentence.begin());
      to.writeInt(sentence.end());
      writeVector(sentence.vector(), to);
    }
  }

  private static StoredChunk read(DataInputStream in) throws IOException {
    var chunk = ChunkRecord.decode(new BytesRef(in.readNBytes(in.readInt()))).chunk();
    Vector vector = readVector(in);
    int count = in.readInt();
    List<Sentence> sentences = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sentences.add(new Sentence(in.readInt(), in.readInt(), readVector(in)));
    }
    return new StoredChunk(chunk, vector, sentences);
  }

  private static void writeVector(@Nullable Vector vector, DataOutputStream to) throws IOException {
    to.writeInt(vector == null ? 0 : vector.dimension());
    if (vector != null) {
      for (int i = 0; i < vector.dimension(); i++) {
        to.writeFloat(vector.get(i));
      }
    }
  }

  private static @Nullable Vector readVector(DataInputStream in) throws IOException {
    int dimension = in.readInt();
    if (dimension == 0) {
      return null;
    }
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = in.readFloat();
    }
    return Vector.adopt(values);
  }

  @Override
  public void close() throws IOException {
    recent.clear();
    if (file != null) {
      file.close();
    }
  }
}
