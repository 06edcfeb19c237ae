package io.kass.local.disk;

import java.io.IOException;
import java.util.Locale;

/** What the failures of a disk mean. */
public final class DiskErrors {
  private DiskErrors() {}

  /**
   * Whether there was no room for what was written, on the disk or in what this user may have of
   * it. There is no type for it: only the system's message tells.
   */
  public static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("disk quota exceeded");
  }
}
