package io.kass.ports.index;

import io.kass.ports.Audience;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Place;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a document: the unit that is searched, cited and migrated.
 *
 * @param key its identity
 * @param document the document it was cut from
 * @param text its text; null only in records of the legacy store that have none
 * @param place where it stands in the document
 * @param language the language of its text
 * @param audience who may see it
 * @param metadata what else is known of it
 */
public record Chunk(
    ChunkKey key,
    DocumentId document,
    @Nullable String text,
    Place place,
    Language language,
    Audience audience,
    Metadata metadata) {

  /** The text to show and to search; empty where there is none. */
  public String passage() {
    return text == null ? "" : text;
  }
}
