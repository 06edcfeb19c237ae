package io.kass.documents.patch;

import io.kass.documents.format.Times;
import io.kass.documents.format.Windows;
import io.kass.ports.document.Block;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a patch line by line. A commit gives its title, description and facts as fields; a file
 * its hunks, the first one with the file's header. A hunk is exactly the text of the patch at its
 * offsets; its place names its lines in the patch and, as the innermost title, the file and the
 * lines after the change. Within a hunk its own counts tell what belongs to it, so that a removed
 * line that looks like a header is none.
 */
final class PatchReader {
  private static final Pattern MAIL = Pattern.compile("From [0-9a-f]{40,64} \\w{3} \\w{3} .*");
  private static final Pattern COMMIT = Pattern.compile("commit ([0-9a-f]{7,64})(?: \\(.*\\))?");
  private static final Pattern HEADER = Pattern.compile("([A-Z][A-Za-z-]*):\\s*(.*)");
  private static final Pattern FILE =
      Pattern.compile("diff --(?:git|cc|combined) (.*)|Index: (.*)");
  private static final Pattern HUNK =
      Pattern.compile("(@@+)((?: -\\d+(?:,\\d+)?)+) \\+(\\d+)(?:,(\\d+))? @@+.*");
  private static final Pattern OLD = Pattern.compile("-\\d+(?:,(\\d+))?");
  private static final Pattern PREFIXED =
      Pattern.compile("(?:[\\[(]?PATCH[^\\]]*\\]\\s*|\\[[^\\]]*PATCH[^\\]]*\\]\\s*)");

  private enum Part {
    NOTHING,
    COMMIT,
    MESSAGE,
    MAIL,
    MAIL_MESSAGE,
    FILE,
    HUNK
  }

  private final Consumer<Block> blocks;
  private Part part = Part.NOTHING;
  private long offset;
  private int line = 1;

  private String id = "";
  private String author = "";
  private String date = "";
  private String subject = "";
  private final StringBuilder message = new StringBuilder();
  private int messageFrom = 1;
  private int messageTo = 1;
  private boolean inSubject;

  private String file = "";
  private final StringBuilder hunk = new StringBuilder();
  private long hunkBegin;
  private int hunkLine = 1;
  private int newFirst;
  private int newLast;
  private int parents = 1;
  private final List<Integer> oldLeft = new ArrayList<>();
  private int newLeft;

  PatchReader(Consumer<Block> blocks) {
    this.blocks = blocks;
  }

  /** Takes the next line with its end. */
  void take(String full) {
    String text = full.stripTrailing();
    if (part == Part.HUNK && belongsToHunk(text)) {
      append(full);
    } else {
      structure(text, full);
    }
    offset += full.length();
    line += full.endsWith("\n") ? 1 : 0;
  }

  void finish() {
    endHunk();
    endMessage();
  }

  private void structure(String text, String full) {
    Matcher commit = COMMIT.matcher(text);
    Matcher diff = FILE.matcher(text);
    Matcher lines = HUNK.matcher(text);
    boolean inFile = part == Part.FILE || part == Part.HUNK || part == Part.NOTHING;
    if (MAIL.matcher(text).matches()) {
      begin(Part.MAIL, text.split(" ", 3)[1]);
    } else if (commit.matches()) {
      begin(Part.COMMIT, commit.group(1));
    } else if (diff.matches()) {
      endMessage();
      endHunk();
      part = Part.FILE;
      file = diff.group(1) == null ? diff.group(2) : fileOf(diff.group(1));
      beginHunk(full);
    } else if (text.startsWith("--- ") && (part == Part.NOTHING || part == Part.HUNK)) {
      // A diff that is not Git's: its files begin here.
      endMessage();
      endHunk();
      part = Part.FILE;
      file = nameOf(text.substring(4), "a/");
      beginHunk(full);
    } else if (lines.matches() && inFile) {
      hunkHeader(lines, full);
    } else if (part == Part.FILE) {
      fileHeader(text);
      append(full);
    } else if (part == Part.HUNK && text.startsWith("\\")) {
      append(full);
    } else {
      commitLine(text, full);
    }
  }

  private void begin(Part next, String commit) {
    endHunk();
    endMessage();
    part = next;
    id = commit;
    author = "";
    date = "";
    subject = "";
    inSubject = false;
    message.setLength(0);
    messageFrom = line;
    messageTo = line;
  }

  private void commitLine(String text, String full) {
    if (part == Part.HUNK) {
      // The signature of a mailed patch, "-- " and a version, or something between two patches.
      endHunk();
      part = Part.NOTHING;
    }
    switch (part) {
      case COMMIT, MAIL -> {
        messageTo = line;
        if (text.isEmpty()) {
          part = part == Part.MAIL ? Part.MAIL_MESSAGE : Part.MESSAGE;
        } else {
          commitHeader(text, full);
        }
      }
      case MESSAGE -> {
        message.append(text.startsWith("    ") ? text.substring(4) : text).append('\n');
        messageTo = line;
      }
      case MAIL_MESSAGE -> {
        if (text.equals("---")) {
          endMessage();
          // What follows is the list of files, which the diff tells again.
          part = Part.NOTHING;
        } else {
          message.append(text).append('\n');
          messageTo = line;
        }
      }
      case NOTHING, FILE, HUNK -> {}
    }
  }

  private void commitHeader(String text, String full) {
    if (inSubject && full.startsWith(" ")) {
      subject += text;
      return;
    }
    inSubject = false;
    Matcher header = HEADER.matcher(text);
    if (!header.matches()) {
      return;
    }
    String value = header.group(2);
    switch (header.group(1)) {
      case "Author", "From" -> author = value;
      case "Date", "AuthorDate" -> date = value;
      case "Subject" -> {
        subject = PREFIXED.matcher(value).replaceFirst("");
        inSubject = true;
      }
      default -> {}
    }
  }

  private void endMessage() {
    if (id.isEmpty() || part == Part.NOTHING || part == Part.FILE || part == Part.HUNK) {
      return;
    }
    String body = message.toString().strip();
    if (subject.isEmpty()) {
      int end = body.indexOf('\n');
      subject = end < 0 ? body : body.substring(0, end).strip();
      body = end < 0 ? "" : body.substring(end).strip();
    }
    field("type", "commit");
    field("commit", id);
    field("author", author);
    field("created_at", Times.instant(date));
    field("Title", subject);
    field("Description", body);
    field("Commit", id.substring(0, Math.min(12, id.length())));
    field("Author", author);
    field("Date", date);
    message.setLength(0);
  }

  private void field(String name, String text) {
    if (!text.isBlank()) {
      var place =
          new Place(
              new Locator.Lines(messageFrom, Math.max(messageFrom, messageTo)), titles(""), -1, -1);
      blocks.accept(new Block.Field(name, text.strip(), place));
    }
  }

  private List<String> titles(String innermost) {
    var titles = new ArrayList<String>();
    if (!subject.isBlank()) {
      titles.add(subject.strip());
    }
    if (!innermost.isEmpty()) {
      titles.add(innermost);
    }
    return titles;
  }

  private void fileHeader(String text) {
    if (text.startsWith("+++ ") && !text.startsWith("+++ /dev/null")) {
      file = nameOf(text.substring(4), "b/");
    } else if (text.startsWith("rename to ")) {
      file = text.substring("rename to ".length());
    }
  }

  private void hunkHeader(Matcher lines, String full) {
    if (part == Part.HUNK) {
      endHunk();
    }
    if (hunk.isEmpty()) {
      beginHunk(full);
    } else {
      append(full);
    }
    part = Part.HUNK;
    parents = lines.group(1).length() - 1;
    oldLeft.clear();
    Matcher old = OLD.matcher(lines.group(2));
    while (old.find()) {
      oldLeft.add(old.group(1) == null ? 1 : count(old.group(1)));
    }
    newFirst = count(lines.group(3));
    newLeft = lines.group(4) == null ? 1 : count(lines.group(4));
    newLast = newFirst + Math.max(0, newLeft - 1);
  }

  private static int count(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE / 2 : Integer.parseInt(digits);
  }

  /** Counts a line of a hunk; what is over when all counts are used up belongs to it no more. */
  private boolean belongsToHunk(String text) {
    if (text.startsWith("\\ ")) {
      return true;
    }
    if (newLeft <= 0 && oldLeft.stream().allMatch(left -> left <= 0)) {
      return false;
    }
    // Mailers and editors drop the space of an empty line.
    String signs = (text + " ".repeat(parents)).substring(0, parents);
    if (signs.chars().anyMatch(sign -> " +-".indexOf(sign) < 0)) {
      return false;
    }
    boolean removed = signs.indexOf('-') >= 0;
    char counted = removed ? '-' : ' ';
    for (int i = 0; i < Math.min(parents, oldLeft.size()); i++) {
      if (signs.charAt(i) == counted) {
        oldLeft.set(i, oldLeft.get(i) - 1);
      }
    }
    if (!removed) {
      newLeft--;
    }
    return true;
  }

  private void beginHunk(String full) {
    hunkBegin = offset;
    hunkLine = line;
    newFirst = 0;
    newLast = 0;
    hunk.append(full);
  }

  private void append(String full) {
    if (!hunk.isEmpty() && hunk.length() + full.length() > Windows.MAX) {
      hand();
      hunkBegin = offset;
      hunkLine = line;
    }
    hunk.append(full);
  }

  private void endHunk() {
    if (!hunk.isEmpty()) {
      hand();
    }
  }

  private void hand() {
    String text = hunk.toString();
    int ends = (int) text.chars().filter(c -> c == '\n').count();
    int last = hunkLine + (text.endsWith("\n") ? ends - 1 : ends);
    String where = newFirst == 0 ? file : file + ":" + newFirst + "-" + newLast;
    var place =
        new Place(
            new Locator.Lines(hunkLine, Math.max(hunkLine, last)),
            titles(where),
            hunkBegin,
            hunkBegin + text.length());
    blocks.accept(new Block.Hunk(file, text, place));
    hunk.setLength(0);
  }

  /** The new name in {@code a/old b/new}; both are equal where nothing was renamed. */
  private static String fileOf(String names) {
    int half = names.length() / 2;
    if (names.startsWith("a/")
        && names.length() % 2 == 1
        && names.charAt(half) == ' '
        && names.substring(2, half).equals(names.substring(Math.min(names.length(), half + 3)))) {
      return names.substring(2, half);
    }
    int second = names.lastIndexOf(" b/");
    return second < 0 ? names : names.substring(second + 3);
  }

  private static String nameOf(String path, String prefix) {
    int tab = path.indexOf('\t');
    String name = (tab < 0 ? path : path.substring(0, tab)).strip();
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
