package io.kass.local.chroma;

import io.kass.ports.Json;
import io.kass.ports.document.DocumentId;
import io.kass.ports.index.ChunkKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Conditions on what KASS wrote itself. */
final class OwnClauses {
  private OwnClauses() {}

  /** The records of these chunks, of any generation. */
  static Json keys(Collection<ChunkKey> keys) {
    return is(OwnRecords.KEY, "$in", Json.ofTexts(keys.stream().map(ChunkKey::hex).toList()));
  }

  /** The records of one write of a document. */
  static Json generation(DocumentId document, String generation) {
    return new Json.Obj(
        Map.of(
            "$and",
            new Json.Array(
                List.of(
                    is(OwnRecords.DOCUMENT, "$eq", Json.of(document.value())),
                    is(OwnRecords.GENERATION, "$eq", Json.of(generation))))));
  }

  /** Records that name this file. */
  static Json file(String file) {
    return is(LegacyRecords.FILE, "$eq", Json.of(file));
  }

  /** What KASS did not write. Not for servers of 0.4, see {@link FilterClauses}. */
  static Json notOwn() {
    return is(OwnRecords.FORMAT, "$ne", Json.of(1));
  }

  private static Json is(String name, String operator, Json value) {
    return new Json.Obj(Map.of(name, new Json.Obj(Map.of(operator, value))));
  }
}
