package io.kass.core.safety;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Passes a model's Markdown on as it comes, without what could carry something away or run: links
 * to hosts that are not allowed (inline, bare, by reference, in whatever spelling) lose their
 * target, images become links, and the {@code <} of HTML becomes a harmless sign, except in fenced
 * code. What decides is each character and what stands before it, never how the text was cut into
 * pieces; what could still become a link is held back until it is clear. Used by one thread.
 */
public final class SafeLinks {
  private static final String REMOVED = "(link removed)";
  private static final List<String> BEGINNINGS =
      List.of("http://", "https://", "ftp://", "www.", "://", "//");
  private static final Pattern SCHEME = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*:\\S.*");
  private static final Pattern HOST = Pattern.compile("(?s)//[^/?#\\s]*\\.[^/?#\\s].*");
  private static final int LONGEST_NAME = 24;
  private static final int FENCE = 3;
  private static final Set<String> ELEMENTS =
      Set.of(
          "a",
          "area",
          "audio",
          "base",
          "body",
          "button",
          "embed",
          "form",
          "frame",
          "frameset",
          "head",
          "html",
          "iframe",
          "image",
          "img",
          "input",
          "link",
          "map",
          "math",
          "meta",
          "object",
          "picture",
          "portal",
          "script",
          "source",
          "style",
          "svg",
          "template",
          "track",
          "video",
          "applet",
          "bgsound",
          "dialog",
          "textarea",
          "noscript");

  private enum State {
    TEXT,
    BEGINNING,
    ADDRESS,
    BANG,
    CLOSED,
    TARGET,
    DEFINITION,
    ELEMENT
  }

  private final AllowedHosts allowed;
  private final Consumer<String> out;
  private final StringBuilder held = new StringBuilder();
  private final StringBuilder clear = new StringBuilder();
  private State state = State.TEXT;
  private int removed;

  /** How many parentheses are open in a target. */
  private int depth;

  /** What stands before the held text. */
  private char before = '\n';

  private boolean lineBegins = true;
  private int backticks;
  private int fence;

  /**
   * @param out takes the text that is safe; never an empty piece
   */
  public SafeLinks(AllowedHosts allowed, Consumer<String> out) {
    this.allowed = allowed;
    this.out = out;
  }

  /** A whole text made safe. */
  public static String of(AllowedHosts allowed, String text) {
    var safe = new StringBuilder(text.length());
    var links = new SafeLinks(allowed, safe::append);
    links.accept(text);
    links.finish();
    return safe.toString();
  }

  /** Takes the next piece. */
  public void accept(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      followFence(c);
      step(c);
    }
    emit();
  }

  /** Ends the text. */
  public void finish() {
    while (state != State.TEXT) {
      switch (state) {
        case TEXT -> {}
        case BEGINNING, BANG, CLOSED -> release();
        case ADDRESS -> endAddress();
        case TARGET -> abandonTarget();
        case DEFINITION -> endDefinition();
        case ELEMENT -> endElement('\n');
      }
    }
    emit();
  }

  /** How many links, images and elements of HTML were made harmless. */
  public int removed() {
    return removed;
  }

  private void step(char c) {
    switch (state) {
      case TEXT -> inText(c);
      case BEGINNING -> inBeginning(c);
      case ADDRESS -> inAddress(c);
      case BANG -> inBang(c);
      case CLOSED -> inClosed(c);
      case TARGET -> inTarget(c);
      case DEFINITION -> inDefinition(c);
      case ELEMENT -> inElement(c);
    }
  }

  private void inText(char c) {
    switch (c) {
      case '!' -> hold(c, State.BANG);
      case '[' -> {
        if (before == '!') {
          // It ended an address, and would make an image of what follows.
          pass(' ');
        }
        pass(c);
      }
      case ']' -> hold(c, State.CLOSED);
      case '<' -> hold(c, State.ELEMENT);
      case ':' -> hold(c, State.BEGINNING);
      case 'h', 'H', 'f', 'F', 'w', 'W', '/' -> {
        if (isWordPart(before)) {
          pass(c);
        } else {
          hold(c, State.BEGINNING);
        }
      }
      default -> pass(c);
    }
  }

  private void inBeginning(char c) {
    String beginning = (held.toString() + c).toLowerCase(Locale.ROOT);
    boolean possible = false;
    for (String known : BEGINNINGS) {
      if (known.equals(beginning)) {
        hold(c, State.ADDRESS);
        return;
      }
      possible |= known.startsWith(beginning);
    }
    if (possible) {
      held.append(c);
    } else {
      release();
      step(c);
    }
  }

  private void inAddress(char c) {
    if (c <= ' ' || c == '<' || Character.isWhitespace(c)) {
      endAddress();
      step(c);
    } else {
      held.append(c);
    }
  }

  private void endAddress() {
    String address = take();
    state = State.TEXT;
    boolean bare = Character.toLowerCase(address.charAt(0)) == 'w';
    int begin = bare ? "www.".length() : address.indexOf("//") + 2;
    int end = begin;
    while (end < address.length() && isAddressPart(address.charAt(end))) {
      end++;
    }
    boolean none = address.length() == begin;
    boolean comment = address.startsWith("//") && !HOST.matcher(address).matches();
    if (none || comment) {
      end = begin;
    }
    // What decides is all of it, however little would be a part of the address.
    if (none || comment || (!address.startsWith("//") && allowed.allow(address))) {
      passAll(address.substring(0, end));
    } else {
      remove();
    }
    stepAll(address.substring(end));
  }

  private static boolean isAddressPart(char c) {
    return c > ' ' && c < 0x7f && "[]()\"'{}|<>`".indexOf(c) < 0;
  }

  private void inBang(char c) {
    if (c == '!') {
      held.append(c);
      return;
    }
    if (c == '[') {
      // An image loads by itself; a link waits for a person.
      held.setLength(0);
      removed++;
    } else {
      release();
    }
    state = State.TEXT;
    step(c);
  }

  private void inClosed(char c) {
    if (c == '(') {
      hold(c, State.TARGET);
      depth = 0;
    } else if (c == ':') {
      hold(c, State.DEFINITION);
    } else {
      release();
      step(c);
    }
  }

  private void inTarget(char c) {
    if (c == ')' && depth == 0) {
      endTarget();
      return;
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    boolean blankLine = c == '\n' && held.charAt(held.length() - 1) == '\n';
    held.append(c);
    if (blankLine) {
      abandonTarget();
    }
  }

  private void endTarget() {
    String target = take().substring(2).strip();
    state = State.TEXT;
    String address =
        target.startsWith("<")
            ? target.substring(1, target.contains(">") ? target.indexOf('>') : target.length())
            : target.split("\\s", 2)[0];
    if (isHarmless(address)) {
      passAll("](" + address + ")");
    } else {
      pass(']');
      remove();
    }
  }

  /** It was no link after all; what it holds may be one. */
  private void abandonTarget() {
    String text = take();
    state = State.TEXT;
    passAll("](");
    stepAll(text.substring(2));
  }

  private void inDefinition(char c) {
    boolean space = c <= ' ' || Character.isWhitespace(c);
    boolean begun = !held.substring(2).isBlank();
    boolean secondLine = c == '\n' && held.indexOf("\n") >= 0;
    if (space && (begun || secondLine)) {
      endDefinition();
      step(c);
    } else {
      held.append(c);
    }
  }

  private void endDefinition() {
    String text = take();
    state = State.TEXT;
    int begin = 2;
    while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
      begin++;
    }
    passAll(text.substring(0, begin));
    String address = text.substring(begin);
    String bare = address.startsWith("<") ? address.substring(1).replace(">", "") : address;
    if (isHarmless(bare)
        || !(SCHEME.matcher(bare).matches() || bare.matches("(?s).*(//|[\\\\&]).*"))) {
      stepAll(address);
    } else {
      remove();
    }
  }

  /** Whether a target is allowed, or leads nowhere else. */
  private boolean isHarmless(String target) {
    return target.matches("(?i)https?://.*")
        ? target.indexOf('\\') < 0 && allowed.allow(target)
        : target.chars().noneMatch(c -> ":\\&@![]".indexOf(c) >= 0 || c < ' ')
            && !target.startsWith("/")
            && !target.contains("//");
  }

  private void inElement(char c) {
    boolean name = Character.isLetterOrDigit(c) || c == '-' || (c == '/' && held.length() == 1);
    if (name && held.length() < LONGEST_NAME) {
      held.append(c);
    } else {
      endElement(c);
      step(c);
    }
  }

  /** Decides on the name of an element, or what looks like one, by what follows. */
  private void endElement(char next) {
    String text = take();
    state = State.TEXT;
    String name = text.substring(text.startsWith("</") ? 2 : 1).toLowerCase(Locale.ROOT);
    boolean element =
        name.isEmpty()
            ? next == '!' || next == '?'
            : ELEMENTS.contains(name)
                || (Character.isLetter(name.charAt(0))
                    && (next == ':' || next == '/' || next == '\t' || next == ' '))
                || name.length() >= LONGEST_NAME - 2;
    if (element && fence == 0) {
      removed++;
      pass('‹');
    } else {
      pass('<');
    }
    stepAll(text.substring(1));
  }

  private void remove() {
    removed++;
    passAll(REMOVED);
  }

  private void hold(char c, State next) {
    held.append(c);
    state = next;
  }

  /** What is held is nothing. */
  private void release() {
    passAll(take());
    state = State.TEXT;
  }

  private String take() {
    String text = held.toString();
    held.setLength(0);
    return text;
  }

  private void passAll(String text) {
    for (int i = 0; i < text.length(); i++) {
      pass(text.charAt(i));
    }
  }

  private void stepAll(String text) {
    for (int i = 0; i < text.length(); i++) {
      step(text.charAt(i));
    }
  }

  private void pass(char c) {
    clear.append(c);
    before = c;
  }

  private void emit() {
    if (!clear.isEmpty()) {
      String piece = clear.toString();
      clear.setLength(0);
      out.accept(piece);
    }
  }

  /** Code in fences is shown as it stands: a fence begins a line. */
  private void followFence(char c) {
    if (c == '`' && (lineBegins || backticks > 0)) {
      backticks++;
    } else if (backticks >= FENCE) {
      fence = fence == 0 ? backticks : backticks >= fence ? 0 : fence;
      backticks = 0;
    } else {
      backticks = 0;
    }
    lineBegins = c == '\n' || (lineBegins && c == ' ');
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
