package io.kass.local.chroma;

import io.kass.ports.embedding.Vector;
import io.kass.ports.error.KassException.Misconfigured;
import io.kass.ports.index.Metric;

/** How a collection compares vectors, in Chroma's words. */
enum Space {
  COSINE("cosine", Metric.COSINE),
  L2("l2", Metric.SQUARED_EUCLIDEAN),
  IP("ip", Metric.DOT_PRODUCT);

  private final String word;
  private final Metric metric;

  Space(String word, Metric metric) {
    this.word = word;
    this.metric = metric;
  }

  /**
   * The space of this name.
   *
   * @throws Misconfigured when there is none
   */
  static Space of(String word) {
    for (Space space : values()) {
      if (space.word.equals(word)) {
        return space;
      }
    }
    throw new Misconfigured(
        "Chroma compares vectors by 'l2', 'cosine' or 'ip', not by '" + word + "'.");
  }

  /** Its name. */
  String word() {
    return word;
  }

  Metric metric() {
    return metric;
  }

  /**
   * Whether a distance is enough to know the cosine. Squared distances and inner products are not:
   * vectors need not be of unit length.
   */
  boolean tellsCosine() {
    return this == COSINE;
  }

  /** The distance as the server gives it. */
  double distance(Vector query, Vector found) {
    if (this == COSINE) {
      return 1 - cosine(query, found);
    }
    double sum = 0;
    for (int i = 0; i < query.dimension(); i++) {
      double a = query.get(i);
      double b = found.get(i);
      sum += this == L2 ? (a - b) * (a - b) : a * b;
    }
    return this == L2 ? sum : 1 - sum;
  }

  /** The cosine of a vector that was found: −1 to 1. */
  static double cosine(Vector query, Vector found) {
    double dot = 0;
    for (int i = 0; i < query.dimension(); i++) {
      dot += (double) query.get(i) * found.get(i);
    }
    return Math.clamp(dot / (query.length() * found.length()), -1.0, 1.0);
  }

  /** The cosine that a distance in the cosine space stands for: −1 to 1. */
  static double cosine(double distance) {
    return Math.clamp(1 - distance, -1.0, 1.0);
  }
}
