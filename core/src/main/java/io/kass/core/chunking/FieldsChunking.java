package io.kass.core.chunking;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One document of fields on its way into chunks. */
final class FieldsChunking implements Chunking {
  private final Function<Cutter.Output, Cutter> cutters;
  private final Consumer<ChunkDraft> chunks;
  private final BlockChunking others;
  private @Nullable Cutter text;
  private Place place = Place.WHOLE;
  private String name = "";

  /** What is known of the ticket or commit that everything else belongs to. */
  private Metadata facts = Metadata.EMPTY;

  /** Whether anything came after those facts, so that the next ones are of another one. */
  private boolean told;

  private @Nullable HunkLines hunk;
  private String file = "";

  /**
   * The chunking of one document.
   *
   * @param cutters makes the cutter of the text of a ticket, or of a part of a patch
   */
  FieldsChunking(Function<Cutter.Output, Cutter> cutters, Consumer<ChunkDraft> chunks) {
    this.cutters = cutters;
    this.chunks = chunks;
    this.others = new BlockChunking(cutters, this::hand);
  }

  @Override
  public void accept(Block block) {
    if (block instanceof Block.Field field) {
      others.finish();
      if (field.isFact()) {
        learn(field);
      } else {
        told = true;
        add(field);
      }
      return;
    }
    end();
    told = true;
    if (block instanceof Block.Hunk part) {
      hunk = new HunkLines(part);
      file = part.file();
    } else {
      hunk = null;
      file = "";
    }
    others.accept(block);
  }

  @Override
  public void finish() {
    end();
    others.finish();
  }

  private void learn(Block.Field fact) {
    if (told) {
      end();
      facts = Metadata.EMPTY;
      told = false;
    }
    facts = facts.with(fact.name(), Json.of(fact.text()));
  }

  private void add(Block.Field field) {
    if (text != null && !isSame(field.place())) {
      end();
    }
    Cutter current = text;
    if (current == null) {
      place = field.place();
      current = begin(place);
      text = current;
      current.append(label(field));
    } else {
      current.append(field.name().equals(name) ? "\n" : "\n\n" + label(field));
    }
    current.append(field.text());
    name = field.name();
  }

  /** Comments stand below their name, as there may be several. */
  private static String label(Block.Field field) {
    return field.name() + (field.name().equals("Comments") ? ":\n" : ": ");
  }

  private boolean isSame(Place other) {
    return place.locator().equals(other.locator()) && place.headings().equals(other.headings());
  }

  private Cutter begin(Place at) {
    Place whole = new Place(at.locator(), at.headings(), -1, -1);
    Metadata metadata = known(at);
    return cutters.apply(
        (part, begin, first, last, under) -> chunks.accept(new ChunkDraft(part, whole, metadata)));
  }

  private void end() {
    if (text != null) {
      text.finish();
      text = null;
      name = "";
    }
  }

  /** Hands over a chunk of what is no field. */
  private void hand(ChunkDraft draft) {
    Place at = hunk == null ? draft.place() : hunk.under(draft.place());
    var all = new TreeMap<>(known(at).values());
    all.putAll(draft.metadata().values());
    if (!file.isEmpty()) {
      all.put("file", Json.of(file));
    }
    chunks.accept(new ChunkDraft(draft.text(), at, new Metadata(all)));
  }

  private Metadata known(Place at) {
    return at.locator() instanceof Locator.Part(String key)
        ? facts.with("issue_id", Json.of(key))
        : facts;
  }
}
