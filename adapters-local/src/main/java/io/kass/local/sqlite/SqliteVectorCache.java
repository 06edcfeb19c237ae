package io.kass.local.sqlite;

import io.kass.local.sqlite.Session.Durability;
import io.kass.local.vectors.VectorCache;
import io.kass.ports.CallScope;
import io.kass.ports.embedding.Vector;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in a file of their own, two bytes a value. A text has one place that it may be kept in,
 * found by its hash, and the last text that has it keeps it: so the file is bounded, nothing has to
 * be counted or swept out, and reading all documents again finds most of even a collection that is
 * too large.
 *
 * <p>What stays here of a document that was deleted tells nothing to whoever does not have its
 * text: a vector, of which the text could be guessed, is enciphered by a key made from the text.
 */
final class SqliteVectorCache implements VectorCache {
  /**
   * Half a million: 450 MB with vectors of 384 values. A chunk and its sentences take about ten.
   */
  static final int PLACES = 1 << 19;

  private static final int CHECK_BYTES = 16;
  private static final int KEY_BYTES = 16;
  private static final int STEPS = Short.MAX_VALUE;

  private final SqliteDatabase database;
  private final int places;

  SqliteVectorCache(SqliteDatabase database, int places) {
    this.database = database;
    this.places = places;
  }

  @Override
  public Map<String, Vector> get(CallScope scope, String model, Collection<String> texts) {
    var distinct = new HashSet<>(texts);
    return database.read(
        scope,
        session -> {
          var found = new HashMap<String, Vector>();
          for (String text : distinct) {
            Mark mark = mark(model, text);
            byte[] record =
                session.first(
                    "SELECT record FROM vector WHERE place = ? AND mark = ?",
                    row -> row.getBytes(1),
                    mark.place,
                    mark.check);
            Vector vector = record == null ? null : decode(mark.encipher(record));
            if (vector != null) {
              found.put(text, vector);
            }
          }
          return found;
        });
  }

  @Override
  public void put(CallScope scope, String model, Map<String, Vector> vectors) {
    database.write(
        scope,
        Durability.PROCESS,
        session -> {
          for (Map.Entry<String, Vector> entry : vectors.entrySet()) {
            Mark mark = mark(model, entry.getKey());
            session.update(
                "INSERT OR REPLACE INTO vector (place, mark, record) VALUES (?, ?, ?)",
                mark.place,
                mark.check,
                mark.encipher(encode(entry.getValue())));
          }
          return vectors.size();
        });
  }

  /** What is made of a text's hash. */
  private static final class Mark {
    /** Where it may be kept. */
    private final long place;

    /** Tells it from others of the same place. */
    private final byte[] check = new byte[CHECK_BYTES];

    /** By which its vector is enciphered. */
    private final byte[] key = new byte[KEY_BYTES];

    Mark(byte[] hash, int places) {
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      place = Math.floorMod(bytes.getLong(), places);
      bytes.get(check).get(key);
    }

    /** The same turns it back. No two texts have the same key, so the counter may begin at 0. */
    byte[] encipher(byte[] record) {
      try {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
            Cipher.ENCRYPT_MODE,
            new SecretKeySpec(key, "AES"),
            new IvParameterSpec(new byte[KEY_BYTES]));
        return cipher.doFinal(record);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has AES in counter mode", e);
      }
    }
  }

  private Mark mark(String model, String text) {
    return new Mark(sha512(model + "\0" + text), places);
  }

  /** Of each unit of UTF-16, so that halves of characters are told apart too. */
  private static byte[] sha512(String text) {
    ByteBuffer units = ByteBuffer.allocate(text.length() * Character.BYTES);
    units.asCharBuffer().put(text);
    try {
      return MessageDigest.getInstance("SHA-512").digest(units.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }

  private static byte[] encode(Vector vector) {
    float[] values = vector.toArray();
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    ByteBuffer out = ByteBuffer.allocate(Float.BYTES + values.length * Short.BYTES);
    out.putFloat(largest);
    for (float value : values) {
      out.putShort((short) Math.round((double) value / largest * STEPS));
    }
    return out.array();
  }

  private static @Nullable Vector decode(byte[] record) {
    if (record.length < Float.BYTES + Short.BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(record);
    float largest = in.getFloat();
    float[] values = new float[in.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((double) in.getShort() * largest / STEPS);
    }
    return Vector.adopt(values);
  }
}
