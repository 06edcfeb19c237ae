package io.kass.core.chunking;

import io.kass.ports.error.KassException.InvalidRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How documents are cut. Sizes are written {@code SIZE/OVERLAP}, in UTF-16 code units unless said.
 *
 * @param mode one of {@code kass}, {@code legacy}, {@code sentences:SIZE/OVERLAP}, {@code
 *     recursive:SIZE/OVERLAP} and {@code langchain:SIZE/OVERLAP} (in code points)
 * @param text sizes of running text, unless the mode says
 * @param markdown sizes of Markdown, unless the mode says
 * @param code sizes of source code, unless the mode says
 * @param spreadsheet sizes of sheets
 * @param chat windows of conversations: {@code MESSAGES/SHARED/LONGEST}
 * @param issue sizes of tickets
 * @param change sizes of commits and patches, in tokens
 */
public record ChunkingSettings(
    String mode,
    String text,
    String markdown,
    String code,
    String spreadsheet,
    String chat,
    String issue,
    String change) {
  /** The mode that the defaults are. */
  public static final String DEFAULT_MODE = "kass";

  private static final Pattern SIZES = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");
  private static final Pattern WINDOWS = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})/([0-9]{1,6})");

  public static final ChunkingSettings DEFAULTS =
      new ChunkingSettings(
          DEFAULT_MODE,
          "1000/150",
          "1200/200",
          "1200/200",
          "2000/200",
          ChatWindows.DEFAULTS.toString(),
          "1000/150",
          "600/100");

  /**
   * Checked as a whole.
   *
   * @throws InvalidRequest when there is no such mode, or sizes make no sense
   */
  public ChunkingSettings {
    ChunkingMode.of(mode);
    sizes("text", text);
    sizes("markdown", markdown);
    sizes("code", code);
    sizes("spreadsheet", spreadsheet);
    windows(chat);
    sizes("issue", issue);
    sizes("change", change);
  }

  /** The same in another mode. */
  public ChunkingSettings in(String other) {
    return new ChunkingSettings(other, text, markdown, code, spreadsheet, chat, issue, change);
  }

  /**
   * The sizes that a text tells.
   *
   * @param of what they are the sizes of, for the message
   * @throws InvalidRequest when it tells none, or such as make no sense
   */
  static ChunkSizes sizes(String of, String text) {
    Matcher sizes = SIZES.matcher(text.strip());
    try {
      if (sizes.matches()) {
        return new ChunkSizes(Integer.parseInt(sizes.group(1)), Integer.parseInt(sizes.group(2)));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(
          "The sizes of '"
              + of
              + "' make no sense: a chunk has at least 16 characters and repeats at most half of"
              + " them, not '"
              + text
              + "'.",
          e);
    }
    throw new InvalidRequest(
        "The sizes of '" + of + "' are SIZE/OVERLAP, such as 1000/150, not '" + text + "'.");
  }

  static ChatWindows windows(String text) {
    Matcher windows = WINDOWS.matcher(text.strip());
    try {
      if (windows.matches()) {
        return new ChatWindows(
            Integer.parseInt(windows.group(1)),
            Integer.parseInt(windows.group(2)),
            Integer.parseInt(windows.group(3)));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(
          "The windows of 'chat' make no sense: they hold more messages than they share, and at"
              + " least 16 characters, not '"
              + text
              + "'.",
          e);
    }
    throw new InvalidRequest(
        "The windows of 'chat' are MESSAGES/SHARED/LONGEST, such as 10/2/4000, not '"
            + text
            + "'.");
  }
}
