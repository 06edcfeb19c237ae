package io.kass.local.chroma;

import io.kass.ports.Audience;
import io.kass.ports.ContentHash;
import io.kass.ports.Json;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that the legacy application wrote, as chunks. */
final class LegacyRecords {
  /**
   * Where the legacy id is kept in a chunk's metadata, for a migration: ids were counted afresh at
   * every load, so that they say nothing. Not part of what the key is made of.
   */
  static final String ID = "kass.legacy.id";

  /** The metadata that names a file. */
  static final String FILE = "file";

  private final String collection;

  LegacyRecords(String collection) {
    this.collection = collection;
  }

  /** Its key: made of what the record itself is, so that every store shows the same. */
  ChunkKey key(ChromaRecord record) {
    return ChunkKey.legacy(collection, record.id(), record.document(), record.metadata());
  }

  Chunk chunk(ChromaRecord record, ChunkKey key) {
    return new Chunk(
        key,
        document(record),
        record.document(),
        place(record.metadata()),
        Language.UNDETERMINED,
        Audience.EVERYONE,
        record.metadata().with(ID, Json.of(record.id())));
  }

  /** The file that it names, or one of its own. */
  DocumentId document(ChromaRecord record) {
    if (record.metadata().get(FILE) instanceof Json.Text(String file)) {
      DocumentId named = id(file);
      if (named != null) {
        return named;
      }
    }
    DocumentId own = id(prefix() + record.id());
    return own != null
        ? own
        : new DocumentId("legacy/" + ContentHash.ofParts(collection, record.id()).hex());
  }

  /** The legacy id that a document's id stands for, or null. */
  @Nullable String legacyId(DocumentId document) {
    return document.value().startsWith(prefix())
        ? document.value().substring(prefix().length())
        : null;
  }

  private String prefix() {
    return "legacy/" + collection + "/";
  }

  /** Whether the chunk is a record of this collection as it stands there. */
  boolean isRecord(Chunk chunk) {
    Json id = chunk.metadata().get(ID);
    if (!(id instanceof Json.Text(String text))) {
      return false;
    }
    var own = new java.util.TreeMap<>(chunk.metadata().values());
    own.remove(ID);
    return ChunkKey.legacy(collection, text, chunk.text(), new Metadata(own)).equals(chunk.key());
  }

  private static @Nullable DocumentId id(String value) {
    try {
      return new DocumentId(value);
    } catch (InvalidRequest e) {
      return null;
    }
  }

  private static Place place(Metadata metadata) {
    return new Place(locator(metadata), List.of(), -1, -1);
  }

  private static Locator locator(Metadata metadata) {
    if (metadata.get("sheet") instanceof Json.Text(String sheet)) {
      return metadata.get("row_number") instanceof Json.Int(long row)
              && row >= 1
              && row <= Integer.MAX_VALUE
          ? new Locator.Rows(sheet, (int) row, (int) row)
          : new Locator.Part(sheet);
    }
    if (metadata.get("channel") instanceof Json.Text(String channel)) {
      Instant first = time(metadata.get("start_time"));
      Instant last = time(metadata.get("end_time"));
      return new Locator.Messages(channel, first, last);
    }
    return new Locator.Whole();
  }

  /** ISO 8601, UTC where it names no zone, or seconds since 1970 (Slack's are texts). */
  private static @Nullable Instant time(@Nullable Json value) {
    return switch (value) {
      case Json.Int(long seconds) -> seconds(BigDecimal.valueOf(seconds));
      case Json.Real(double seconds) -> seconds(BigDecimal.valueOf(seconds));
      case Json.Text(String text) -> time(text.strip());
      case null, default -> null;
    };
  }

  private static @Nullable Instant time(String text) {
    if (text.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      return seconds(new BigDecimal(text));
    }
    try {
      String iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (\\d)", "$1T$2");
      return iso.matches(".*T.*([Zz]|[+-]\\d\\d(:?\\d\\d)?)")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant seconds(BigDecimal seconds) {
    try {
      return Instant.ofEpochSecond(
          seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
