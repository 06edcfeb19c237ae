package io.kass.documents.patch;

import io.kass.documents.format.Claim;
import io.kass.documents.format.Sample;
import io.kass.documents.format.StreamedFormat;
import io.kass.ports.document.Block;
import io.kass.ports.document.SourceType;
import java.io.IOException;
import java.io.Reader;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What {@code git format-patch}, {@code git diff}, {@code git show} and {@code git log} write, and
 * unified diffs of other tools. A text that merely shows a diff begins otherwise and is none.
 */
final class PatchFormat extends StreamedFormat {
  private static final Pattern BEGINNING =
      Pattern.compile(
          "(?:\\s*\\R)?(?:"
              + "From [0-9a-f]{40,64} \\w{3} \\w{3} \\d"
              + "|commit [0-9a-f]{7,64}(?: \\([^)\\n]*\\))?\\R(?:Merge|Author|AuthorDate|tree)\\b"
              + "|diff --(?:git|cc|combined) \\S"
              + "|--- [^\\n]+\\n\\+\\+\\+ [^\\n]+\\n@@ -\\d"
              + "|Index: [^\\n]+\\n={20,}"
              + ")");
  private static final Pattern WITHIN =
      Pattern.compile("(?m)^(?:diff --git |@@ -\\d+(?:,\\d+)? \\+\\d)");

  PatchFormat(InstantSource clock) {
    super(clock, SourceType.CHANGE, "text/x-diff");
  }

  @Override
  public String label() {
    return "Git patches";
  }

  @Override
  public String id() {
    return "patch/2";
  }

  @Override
  public Claim claim(Sample sample) {
    if (BEGINNING.matcher(sample.text()).lookingAt()) {
      return Claim.CERTAIN;
    }
    boolean named =
        switch (sample.extension()) {
          case "patch", "diff" -> true;
          default -> false;
        };
    return named && WITHIN.matcher(sample.text()).find() ? Claim.NAMED : Claim.NONE;
  }

  @Override
  protected void read(Sample sample, Reader text, Consumer<Block> blocks, Runnable check)
      throws IOException {
    var patch = new PatchReader(blocks);
    var lines = new PatchLines(text);
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (lines.number() % 5000 == 0) {
        check.run();
      }
      patch.take(line);
    }
    patch.finish();
  }
}
