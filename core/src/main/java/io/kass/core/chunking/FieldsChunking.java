package io.kass.core.chunking;

import io.kass.ports.Json;
import io.kass.ports.Metadata;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One document of fields on its way into chunks. */
final class FieldsChunking implements Chunking {
  private final ChunkSizes sizes;
  private final Consumer<ChunkDraft> chunks;
  private final BlockChunking others;
  private @Nullable TextCutter text;
  private Place place = Place.WHOLE;
  private String name = "";

  FieldsChunking(ChunkSizes sizes, Consumer<ChunkDraft> chunks) {
    this.sizes = sizes;
    this.chunks = chunks;
    this.others = new BlockChunking(output -> new RecursiveCutter(sizes, output), chunks);
  }

  @Override
  public void accept(Block block) {
    if (block instanceof Block.Field field) {
      others.finish();
      add(field);
    } else {
      end();
      others.accept(block);
    }
  }

  @Override
  public void finish() {
    end();
    others.finish();
  }

  private void add(Block.Field field) {
    if (text != null && !isSame(field.place())) {
      end();
    }
    TextCutter current = text;
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

  private TextCutter begin(Place at) {
    Place whole = new Place(at.locator(), at.headings(), -1, -1);
    Metadata metadata =
        at.locator() instanceof Locator.Part(String key)
            ? Metadata.EMPTY.with("issue_id", Json.of(key))
            : Metadata.EMPTY;
    return new RecursiveCutter(
        sizes,
        (part, begin, first, last, under) -> chunks.accept(new ChunkDraft(part, whole, metadata)));
  }

  private void end() {
    if (text != null) {
      text.finish();
      text = null;
      name = "";
    }
  }
}
