package io.kass.cli;

import io.kass.core.ingestion.IngestionProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An ingestion's progress as one line. */
final class IngestionBar {
  /** A rate of the first moments says nothing about the rest. */
  private static final Duration ENOUGH_TO_TELL = Duration.ofSeconds(2);

  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 6;

  private IngestionBar() {}

  /**
   * The line: what fits of files done, share, rate, time left and a bar, in this order.
   *
   * @param elapsed since it began
   */
  static String line(IngestionProgress progress, Duration elapsed, int columns) {
    double share = share(progress);
    double seconds = elapsed.toMillis() / 1000.0;
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(Locale.ROOT, "Indexing %d/%d files", progress.done(), progress.documents()));
    parts.add(String.format(Locale.ROOT, "%.0f%%", share * 100));
    if (progress.chunks() > 0 && seconds > 0) {
      parts.add(String.format(Locale.ROOT, "%.0f chunks/s", progress.chunks() / seconds));
    }
    if (elapsed.compareTo(ENOUGH_TO_TELL) >= 0 && share > 0) {
      parts.add(time(Math.round(seconds / share - seconds)) + " left");
    }
    while (parts.size() > 1 && String.join("  ", parts).length() > columns) {
      parts.removeLast();
    }
    int room = columns - String.join("  ", parts).length() - 4;
    if (room >= NARROWEST_BAR && parts.size() > 1) {
      parts.add(1, bar(share, Math.min(room, WIDEST_BAR)));
    }
    String line = String.join("  ", parts);
    return line.substring(0, Math.min(line.length(), columns));
  }

  /** A time as {@code 0:42}, {@code 12:05} or {@code 1:02:03}. */
  static String time(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** By bytes, since files differ; by files where there are no bytes. */
  private static double share(IngestionProgress progress) {
    if (progress.bytes() > 0) {
      return (double) progress.bytesDone() / progress.bytes();
    }
    return progress.documents() == 0 ? 1 : (double) progress.done() / progress.documents();
  }

  private static String bar(double share, int width) {
    int full = (int) Math.floor(share * width);
    return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
  }
}
