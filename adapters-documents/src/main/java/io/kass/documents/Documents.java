package io.kass.documents;

import com.google.inject.Inject;
import io.kass.documents.format.Claim;
import io.kass.documents.format.DocumentLimits;
import io.kass.documents.format.FormatReader;
import io.kass.documents.format.Sample;
import io.kass.ports.CallScope;
import io.kass.ports.document.DocumentReader;
import io.kass.ports.document.Reading;
import io.kass.ports.document.Reading.Cause;
import io.kass.ports.document.Reading.Unreadable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives each document to the format that claims it most surely; among equals, the first by id. */
final class Documents implements DocumentReader {
  private final List<FormatReader> formats;
  private final DocumentLimits limits;
  private final InstantSource clock;
  private final String id;

  @Inject
  Documents(Set<FormatReader> formats, DocumentLimits limits, InstantSource clock) {
    // Sorted: the id must not depend on the order in which modules were installed.
    this.formats = formats.stream().sorted(Comparator.comparing(FormatReader::id)).toList();
    this.limits = limits;
    this.clock = clock;
    this.id =
        this.formats.stream().map(FormatReader::id).collect(Collectors.joining(" "))
            + " within "
            + limits.reach();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Reading read(
      CallScope scope, String name, SeekableByteChannel content, BlockConsumer blocks)
      throws IOException {
    scope.check(clock);
    Sample sample = Sample.of(name, content);
    if (sample.size() == 0) {
      return new Unreadable(Cause.EMPTY, "It is empty: 0 bytes.");
    }
    if (sample.size() > limits.maxBytes()) {
      return new Unreadable(
          Cause.TOO_LARGE,
          "It has %d bytes; at most %d are read. Split it, or raise documents.max-bytes."
              .formatted(sample.size(), limits.maxBytes()));
    }
    FormatReader format = formatOf(sample, Claim.CERTAIN);
    if (format == null) {
      String kind = Signatures.kindOf(sample);
      if (kind != null) {
        return new Unreadable(Cause.UNSUPPORTED, unsupported(kind));
      }
      format = formatOf(sample, Claim.POSSIBLE);
    }
    if (format == null) {
      return new Unreadable(Cause.UNSUPPORTED, unsupported("of an unknown format"));
    }
    return format.read(scope, sample, content, blocks);
  }

  /** The format that claims the document most surely, and at least so. */
  private @Nullable FormatReader formatOf(Sample sample, Claim least) {
    FormatReader best = null;
    Claim surest = Claim.NONE;
    for (FormatReader format : formats) {
      Claim claim = format.claim(sample);
      if (claim.compareTo(least) >= 0 && claim.compareTo(surest) > 0) {
        best = format;
        surest = claim;
      }
    }
    return best;
  }

  private String unsupported(String kind) {
    String known =
        formats.stream().map(FormatReader::label).sorted().collect(Collectors.joining(", "));
    return "It is %s. Formats that can be read: %s. Convert it, or leave it out."
        .formatted(kind, known);
  }
}
