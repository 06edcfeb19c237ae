package io.kass.documents.html;

import io.kass.documents.format.Sections;
import io.kass.ports.document.Block.TableRow.Cell;
import io.kass.ports.document.DocumentReader.BlockConsumer;
import io.kass.ports.document.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeFilter.FilterResult;

/** Walks through a page and hands over what a reader of it sees. */
final class HtmlWalk implements NodeFilter {
  /** Never seen, or no part of what the page says. */
  private static final Set<String> SKIPPED =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "svg",
          "math",
          "iframe",
          "object",
          "embed",
          "canvas",
          "audio",
          "video",
          "nav",
          "button",
          "select",
          "datalist",
          "input",
          "textarea");

  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
          "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span",
          "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "ruby", "rb");

  private final Sections sections;
  private final StringBuilder line = new StringBuilder();
  private final List<HtmlTable> tables = new ArrayList<>();
  private final List<ListMarks> lists = new ArrayList<>();
  private String mark = "";
  private int preformatted;

  HtmlWalk(BlockConsumer blocks) {
    this.sections = new Sections(blocks, SourceType.TEXT, HtmlParser.MEDIA_TYPE);
  }

  /** Hands over what is left; whether there was anything. */
  boolean finish() {
    endLine();
    boolean empty = sections.isEmpty();
    sections.end();
    return !empty;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      append(text.getWholeText());
      return FilterResult.CONTINUE;
    }
    if (!(node instanceof Element element)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    String name = element.normalName();
    if (SKIPPED.contains(name) || isHidden(element)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    switch (name) {
      case "title" -> {
        if (tables.isEmpty()) {
          sections.title(1, collapsed(element.text()));
        }
        return FilterResult.SKIP_ENTIRELY;
      }
      // How a word is read stands above it, and would stand within it here.
      case "rt", "rp" -> {
        return FilterResult.SKIP_ENTIRELY;
      }
      case "br" -> append("\n", true);
      case "pre" -> {
        endLine();
        preformatted++;
      }
      case "h1", "h2", "h3", "h4", "h5", "h6" -> endLine();
      case "table" -> {
        endLine();
        tables.add(new HtmlTable());
      }
      case "ul" -> lists.add(new ListMarks(false, 0));
      case "ol" -> lists.add(new ListMarks(true, start(element)));
      case "li" -> {
        endLine();
        mark = mark();
      }
      default -> {
        if (!INLINE.contains(name)) {
          endLine();
        }
      }
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (!(node instanceof Element element)) {
      return FilterResult.CONTINUE;
    }
    String name = element.normalName();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> endTitle(name.charAt(1) - '0');
      case "pre" -> {
        endCode(element);
        preformatted = Math.max(0, preformatted - 1);
      }
      case "td", "th" -> {
        String text = takeLine();
        if (!tables.isEmpty()) {
          tables.getLast().cell(element, text);
        } else {
          sections.paragraph(text);
        }
      }
      case "tr" -> {
        if (!tables.isEmpty()) {
          tables.getLast().endRow();
        }
      }
      case "caption" -> {
        // It stands above the rows, which are handed over when the table ends.
        String text = takeLine();
        if (tables.size() > 1) {
          tables.getLast().text(text);
        } else {
          sections.paragraph(text);
        }
      }
      case "table" -> endTable();
      case "li" -> {
        endLine();
        mark = "";
      }
      case "ul", "ol" -> {
        endLine();
        if (!lists.isEmpty()) {
          lists.removeLast();
        }
      }
      default -> {
        if (!INLINE.contains(name)) {
          endLine();
        }
      }
    }
    return FilterResult.CONTINUE;
  }

  private static boolean isHidden(Element element) {
    if (element.hasAttr("hidden")) {
      return true;
    }
    String style = element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
    return style.contains("display:none") || style.contains("visibility:hidden");
  }

  private static int start(Element list) {
    try {
      return Integer.parseInt(list.attr("start"));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private String mark() {
    if (lists.isEmpty()) {
      return "- ";
    }
    return "  ".repeat(Math.min(lists.size() - 1, 10)) + lists.getLast().next();
  }

  /** What stands before the items of a list. */
  private static final class ListMarks {
    private final boolean numbered;
    private int number;

    ListMarks(boolean numbered, int number) {
      this.numbered = numbered;
      this.number = number;
    }

    String next() {
      return numbered ? number++ + ". " : "- ";
    }
  }

  private void append(String text) {
    append(text, preformatted > 0);
  }

  private void append(String text, boolean asItIs) {
    if (asItIs) {
      line.append(text);
      return;
    }
    boolean space = line.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (!blank) {
        line.append(c == '\u00A0' ? ' ' : c);
      } else if (!space) {
        line.append(' ');
      }
      space = blank;
    }
  }

  private static String collapsed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private String takeLine() {
    String text = line.toString().strip();
    line.setLength(0);
    String marked = text.isEmpty() ? "" : mark + text;
    if (!text.isEmpty()) {
      mark = "";
    }
    return marked;
  }

  private void endLine() {
    if (preformatted > 0) {
      if (!line.isEmpty() && line.charAt(line.length() - 1) != '\n') {
        line.append('\n');
      }
      return;
    }
    if (line.isEmpty() && mark.isEmpty()) {
      return;
    }
    boolean item = !mark.isEmpty();
    String text = takeLine();
    if (text.isEmpty()) {
      return;
    }
    if (!tables.isEmpty()) {
      tables.getLast().text(text);
    } else if (item) {
      sections.line(text);
    } else {
      sections.paragraph(text);
    }
  }

  private void endTitle(int level) {
    String text = collapsed(line.toString());
    line.setLength(0);
    if (!tables.isEmpty()) {
      tables.getLast().text(text);
    } else {
      sections.title(level, text);
    }
  }

  private void endCode(Element element) {
    String code = line.toString().stripTrailing();
    line.setLength(0);
    if (!tables.isEmpty()) {
      tables.getLast().text(code);
    } else if (!code.isBlank()) {
      sections.code(language(element), code + "\n");
    }
  }

  private static String language(Element pre) {
    Element code = pre.selectFirst("code[class*=language-]");
    String classes = code == null ? pre.className() : code.className();
    for (String name : classes.split("\\s+", 20)) {
      if (name.startsWith("language-")) {
        return name.substring("language-".length()).toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private void endTable() {
    endLine();
    if (tables.isEmpty()) {
      return;
    }
    HtmlTable table = tables.removeLast();
    table.end();
    if (!tables.isEmpty()) {
      // A table within a cell is what the cell says.
      tables.getLast().text(table.asText());
      return;
    }
    if (table.isLayout()) {
      sections.paragraph(table.asText());
      return;
    }
    for (List<Cell> row : table.rows()) {
      sections.row(row);
    }
  }
}
