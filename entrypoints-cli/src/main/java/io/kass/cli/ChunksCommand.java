package io.kass.cli;

import com.google.inject.Injector;
import io.kass.cli.terminal.Printable;
import io.kass.core.KassSettings;
import io.kass.ports.CallScope;
import io.kass.ports.backend.Closer;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.DocumentStore.OpenDocument;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Unreadable;
import io.kass.ports.error.KassException.InvalidRequest;
import io.kass.ports.error.KassException.Rejected;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how a file would be cut; touches no index. */
@Command(name = "chunks")
final class ChunksCommand implements Action {
  @Parameters(arity = "1", paramLabel = "FILE")
  private String file = "";

  @Option(names = "--text")
  private boolean text;

  @Mixin private final ChunkingOption chunking = new ChunkingOption();

  @Override
  public ExitCode run(Invocation given) {
    Invocation invocation = chunking.over(given);
    Target target = Target.of(file, invocation.surroundings().directory());
    if (target.folder()) {
      throw new InvalidRequest("'" + file + "' is a folder. Name one file of it.");
    }
    Injector parts = invocation.composition().compose(invocation);
    try (Closer closer = parts.getInstance(Closer.class)) {
      return cut(new DocumentId(target.prefix()), target, parts, invocation);
    }
  }

  private ExitCode cut(DocumentId id, Target target, Injector parts, Invocation invocation) {
    Output output = invocation.output();
    References references = invocation.references();
    output.line(output.style().bold(references.document(id)));
    var head =
        new Fields().put("document", id.value()).put("reference", references.document(id)).json();
    try (var json = new JsonList(output, head, "passages")) {
      var listing =
          new ChunkListing(
              id,
              parts.getInstance(KassSettings.class).chunkers(),
              references,
              json,
              new PassageView(output, text));
      Unreadable obstacle = list(id, target, parts, invocation, listing);
      json.after(listing.fields(obstacle).json());
      output.line("");
      if (obstacle != null) {
        String before = listing.isEmpty() ? "" : " What is shown above would be left out too.";
        output.paragraph("Skipped: " + Printable.line(obstacle.message()) + before);
        return ExitCode.SKIPPED;
      }
      output.paragraph(listing.summary());
      return ExitCode.FINE;
    }
  }

  /** Lists the chunks of a document; why there are none, or null. */
  private static @Nullable Unreadable list(
      DocumentId id, Target target, Injector parts, Invocation invocation, ChunkListing listing) {
    CallScope scope = invocation.scope(DocumentsListCommand.ALLOWED);
    try (OpenDocument open =
        parts.getInstance(UserDocuments.class).at(target).open(scope, id, null)) {
      Reading reading =
          parts.getInstance(DocumentReader.class).read(scope, id.value(), open.content(), listing);
      return switch (reading) {
        case Unreadable unreadable -> unreadable;
        case Reading.Complete complete -> {
          listing.finish();
          yield listing.isEmpty() ? new Unreadable(Cause.EMPTY, "It holds no text.") : null;
        }
      };
    } catch (ChunkListing.Unwanted e) {
      return null;
    } catch (Rejected e) {
      return new Unreadable(Cause.INACCESSIBLE, e.getMessage());
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Unreadable(Cause.INACCESSIBLE, "It cannot be read: " + reason);
    }
  }
}
