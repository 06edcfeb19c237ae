package io.kass.local.postgres;

import io.kass.local.sql.RowNotes;
import io.kass.local.sql.RowNotes.Note;
import io.kass.ports.CallScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which key belongs to which row: as it is noted, or else by the row's id. */
final class RowNames {
  private final RowNotes notes;
  private final WallTime wall;

  RowNames(RowNotes notes, WallTime wall) {
    this.notes = notes;
    this.wall = wall;
  }

  /** These rows by their keys, in the same order. */
  List<KnownRow> known(CallScope scope, List<RowHead> heads) {
    if (heads.isEmpty()) {
      return List.of();
    }
    Map<Long, Note> noted =
        notes.ofRows(scope, heads.stream().map(RowHead::id).toList()).stream()
            .collect(Collectors.toMap(Note::row, note -> note));
    var ours = new HashMap<Long, Note>();
    var theirs = new ArrayList<Long>();
    for (RowHead head : heads) {
      Note note = noted.get(head.id());
      if (note != null && note.mark().equals(head.mark())) {
        ours.put(head.id(), note);
      } else {
        theirs.add(head.id());
      }
    }
    Map<Long, String> keys = legacyKeys(scope, theirs);
    return heads.stream().map(head -> known(head, ours.get(head.id()), keys)).toList();
  }

  private KnownRow known(RowHead head, @Nullable Note note, Map<Long, String> legacyKeys) {
    if (note != null) {
      return new KnownRow(head, note.key(), note, note.at());
    }
    String key = legacyKeys.getOrDefault(head.id(), LegacyKeys.key(head.id()));
    return new KnownRow(
        head, key, null, head.createdAt() == null ? null : wall.instant(head.createdAt()));
  }

  /** The keys of rows that the legacy application wrote: none that a message of ours has. */
  private Map<Long, String> legacyKeys(CallScope scope, List<Long> ids) {
    var keys = new HashMap<Long, String>();
    ids.forEach(id -> keys.put(id, LegacyKeys.key(id)));
    Set<String> taken = taken(scope, keys.values());
    while (!taken.isEmpty()) {
      Set<String> avoid = taken;
      keys.replaceAll((id, key) -> avoid.contains(key) ? LegacyKeys.next(key) : key);
      taken = taken(scope, taken.stream().map(LegacyKeys::next).toList());
    }
    return keys;
  }

  private Set<String> taken(CallScope scope, Collection<String> keys) {
    return keys.isEmpty()
        ? Set.of()
        : notes.ofKeys(scope, keys).stream().map(Note::key).collect(Collectors.toSet());
  }

  /** Those of these keys that a row has. */
  Set<String> there(CallScope scope, ConversationRows rows, Collection<String> keys)
      throws SQLException {
    var ids = new HashSet<Long>();
    notes.ofKeys(scope, keys).forEach(note -> ids.add(note.row()));
    for (String key : keys) {
      Long id = LegacyKeys.id(key);
      if (id != null) {
        ids.add(id);
      }
    }
    Set<String> there =
        known(scope, rows.of(ids)).stream().map(KnownRow::key).collect(Collectors.toSet());
    there.retainAll(Set.copyOf(keys));
    return there;
  }
}
