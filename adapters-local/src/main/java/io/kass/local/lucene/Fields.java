package io.kass.local.lucene;

/** The fields of a Lucene document. A chunk has the first group, a stamp the last. */
final class Fields {
  /** The chunk's key in hexadecimal; each chunk has exactly one, and no two the same. */
  static final String KEY = "key";

  /** The id of the chunk's document. */
  static final String DOCUMENT = "document";

  /** The groups that may see the chunk. */
  static final String AUDIENCE = "audience";

  /** Name, kind and value of each of its metadata; see {@link MetadataTerms}. */
  static final String METADATA = "metadata";

  /** The chunk itself; see {@link ChunkRecord}. */
  static final String CHUNK = "chunk";

  /** Its sentences; see {@link SentenceRecord}. */
  static final String SENTENCES = "sentences";

  /** Its vector, of unit length. */
  static final String VECTOR = "vector";

  /** The id of the document that a stamp is of. */
  static final String STAMP = "stamp";

  /** The stamp itself. */
  static final String STAMP_VALUE = "stamp.value";

  private Fields() {}
}
