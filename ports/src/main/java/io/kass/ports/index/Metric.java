package io.kass.ports.index;

/** How an index compares vectors. */
public enum Metric {
  COSINE,
  DOT_PRODUCT,
  SQUARED_EUCLIDEAN
}
