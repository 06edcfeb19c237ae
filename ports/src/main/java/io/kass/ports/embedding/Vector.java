package io.kass.ports.embedding;

import io.kass.ports.error.KassException.InvalidRequest;
import java.util.Arrays;

/**
 * A point in an embedding space: finite 32-bit floats, at least one of them not zero. Immutable;
 * equal when bit for bit equal.
 */
public final class Vector {
  private final float[] values;

  private Vector(float[] values) {
    this.values = values;
  }

  /**
   * The vector of these values, which are copied.
   *
   * @throws InvalidRequest when there is none, one is NaN or infinite, or all are zero
   */
  public static Vector of(float... values) {
    return adopt(values.clone());
  }

  /**
   * The vector of these values without a copy: the caller must not touch the array any more.
   *
   * @throws InvalidRequest as {@link #of}
   */
  public static Vector adopt(float[] values) {
    boolean nonZero = false;
    for (int i = 0; i < values.length; i++) {
      float v = values[i];
      if (!Float.isFinite(v)) {
        throw new InvalidRequest("A vector holds " + v + " at position " + i + "; it is refused.");
      }
      nonZero |= v != 0;
    }
    if (!nonZero) {
      throw new InvalidRequest("A vector without a direction (empty or all zero) is refused.");
    }
    return new Vector(values);
  }

  /** The number of values. */
  public int dimension() {
    return values.length;
  }

  /** The value at a position, counted from 0. */
  public float get(int position) {
    return values[position];
  }

  /** A copy of the values. */
  public float[] toArray() {
    return values.clone();
  }

  /**
   * The dot product; for unit vectors, the cosine.
   *
   * @throws IllegalArgumentException when the dimensions differ
   */
  public float dot(Vector other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "dimensions differ: " + values.length + " and " + other.values.length);
    }
    // Four sums that do not wait for one another: a single one takes three times as long.
    float[] theirs = other.values;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int whole = values.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      s0 += values[i] * theirs[i];
      s1 += values[i + 1] * theirs[i + 1];
      s2 += values[i + 2] * theirs[i + 2];
      s3 += values[i + 3] * theirs[i + 3];
    }
    float sum = (s0 + s1) + (s2 + s3);
    for (int i = whole; i < values.length; i++) {
      sum += values[i] * theirs[i];
    }
    return sum;
  }

  /** The Euclidean length. */
  public double length() {
    double sum = 0;
    for (float v : values) {
      sum += (double) v * v;
    }
    return Math.sqrt(sum);
  }

  /** The cosine of the angle to another vector of the same dimension. */
  public double cosine(Vector other) {
    return dot(other) / (length() * other.length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vector vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Vector[" + values.length + "]";
  }
}
