package io.kass.documents.format;

/** Where a long text is cut into windows. */
public final class Windows {
  /** The longest window, in UTF-16 code units: 1 MiB. */
  public static final int MAX = 512 * 1024;

  private Windows() {}

  /**
   * Where the window ends that begins at {@code begin} of a text that goes on after it: after the
   * last line break that lies within, or, where a single line fills it, before {@code begin + max},
   * but never within a surrogate pair or a CRLF.
   *
   * @param text must hold one code unit more than the window, at {@code begin + max}
   * @param max at least 2
   */
  public static int end(char[] text, int begin, int max) {
    int limit = begin + max;
    for (int i = limit; i > begin; i--) {
      if (isLineEnd(text[i - 1], text[i])) {
        return i;
      }
    }
    boolean inPair = Character.isSurrogatePair(text[limit - 1], text[limit]);
    boolean inCrlf = text[limit - 1] == '\r' && text[limit] == '\n';
    return inPair || inCrlf ? limit - 1 : limit;
  }

  /** Whether a line ends between these two: after LF, after CRLF, and after CR alone. */
  public static boolean isLineEnd(char before, char after) {
    return before == '\n' || (before == '\r' && after != '\n');
  }
}
