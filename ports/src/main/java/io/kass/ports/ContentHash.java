package io.kass.ports;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of some content.
 *
 * @param hex 64 lowercase hexadecimal digits
 */
public record ContentHash(String hex) implements Comparable<ContentHash> {
  public ContentHash {
    requireHex(hex, 64);
  }

  /** The hash of these bytes. */
  public static ContentHash of(byte[] bytes) {
    return new ContentHash(HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  /** The hash of the text in UTF-8; a lone surrogate counts as {@code ?}. */
  public static ContentHash of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The hash of several texts, told apart: each is preceded by its length in UTF-8 bytes (32 bits,
   * big endian), so that {@code ("ab", "c")} differs from {@code ("a", "bc")}.
   */
  public static ContentHash ofParts(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return new ContentHash(HexFormat.of().formatHex(digest.digest()));
  }

  /** A fresh SHA-256, for content that is read in pieces. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(ContentHash other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }

  private static void requireHex(String text, int length) {
    if (text.length() != length) {
      throw new IllegalArgumentException("expected " + length + " hexadecimal digits: " + text);
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        throw new IllegalArgumentException("expected lowercase hexadecimal digits: " + text);
      }
    }
  }
}
