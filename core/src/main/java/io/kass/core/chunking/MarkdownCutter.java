package io.kass.core.chunking;

import static io.kass.core.chunking.MarkdownLines.BLANK;
import static io.kass.core.chunking.MarkdownLines.BLOCK;
import static io.kass.core.chunking.MarkdownLines.CODE;
import static io.kass.core.chunking.MarkdownLines.FENCE;
import static io.kass.core.chunking.MarkdownLines.HEADING;
import static io.kass.core.chunking.MarkdownLines.IN_CODE;
import static io.kass.core.chunking.MarkdownLines.KIND;
import static io.kass.core.chunking.MarkdownLines.LINE;
import static io.kass.core.chunking.MarkdownLines.NEVER;
import static io.kass.core.chunking.MarkdownLines.RANK;
import static io.kass.core.chunking.MarkdownLines.UNDERLINE;

import io.kass.core.chunking.Headings.Title;
import java.util.List;

/**
 * Cuts Markdown before headings, and what is too long under one heading at the best place of its
 * second half.
 */
final class MarkdownCutter extends TextCutter {
  /** Sections shorter than this part of a chunk are put together. */
  private static final int MINIMUM_PART = 4;

  private static final int NONE = -1;

  private final int minimum;
  private final Headings headings = new Headings();
  private final MarkdownLines markdown = new MarkdownLines(headings);

  MarkdownCutter(ChunkSizes sizes, Output output) {
    super(sizes, 2 * sizes.size() + MAX_NEWLINE + 1 + LINE_LOOKAHEAD, output);
    minimum = sizes.size() / MINIMUM_PART;
  }

  @Override
  void readLine(int start, int end) {
    int mark = markdown.read(text, start, end);
    if ((mark & KIND) == UNDERLINE) {
      underline(start, end);
    }
    lines.add(start, mark);
  }

  /** The line before this one turns out to be a title, if it is in no chunk yet. */
  private void underline(int start, int end) {
    int title = lines.end() - 1;
    if (title < lines.first()) {
      return;
    }
    int visible = firstVisible(lines.start(title), start);
    headings.add(
        visible,
        MarkdownLine.underlineLevel(text, start, end),
        HeadingText.of(text, visible, start));
    lines.setMark(title, HEADING | BLOCK);
  }

  @Override
  int cut(int begin, int fresh, int limit, int rest) {
    headings.moveTo(begin);
    int section = cutAtHeading(begin, fresh, limit, rest);
    if (section != NONE) {
      return section;
    }
    return rest <= limit ? rest : cutWithin(begin, fresh, limit, rest);
  }

  private int cutAtHeading(int begin, int fresh, int limit, int rest) {
    Title first = headings.at(begin);
    Title top = first == null ? headings.innermost() : first;
    int topLevel = top.level();
    boolean continued = begin < fresh || (first == null && topLevel > 0);
    boolean body = first == null && topLevel > 0;
    List<Title> ahead = headings.ahead();
    for (int i = 0; i < ahead.size(); i++) {
      Title title = ahead.get(i);
      if (title.start() <= fresh) {
        continue;
      }
      if (trimEnd(begin, title.start()) > limit) {
        return NONE;
      }
      body |= (i == 0 ? top : ahead.get(i - 1)).hasBody(title.start());
      if (!body) {
        topLevel = Math.min(topLevel, title.level());
      } else if (continued || title.level() < topLevel) {
        return title.start();
      } else if (title.start() - begin >= minimum) {
        return cutBehindTail(begin, i, limit, rest);
      }
    }
    return NONE;
  }

  /**
   * Where to cut that would cut before this title: behind what is left under the same parent if
   * that is short and still fits.
   */
  private int cutBehindTail(int begin, int index, int limit, int rest) {
    List<Title> ahead = headings.ahead();
    Title title = ahead.get(index);
    int end = rest;
    for (int i = index + 1; i < ahead.size(); i++) {
      if (ahead.get(i).level() < title.level()) {
        end = ahead.get(i).start();
        break;
      }
    }
    boolean tail = end - title.start() < minimum && trimEnd(begin, end) <= limit;
    return tail ? end : title.start();
  }

  private int cutWithin(int begin, int fresh, int limit, int rest) {
    int after = Math.max(fresh, begin + sizes.size() / 2);
    int best = NONE;
    int bestRank = NEVER;
    int last = lines.indexAt(limit + MAX_NEWLINE);
    for (int i = last; i >= lines.first() && lines.start(i) > after && bestRank < BLOCK; i--) {
      int rank = endsBefore(lines.start(i), limit) ? rank(i, begin, bestRank) : NEVER;
      if (rank > bestRank) {
        best = lines.start(i);
        bestRank = rank;
      }
    }
    int inside = lines.indexAt(limit);
    if (isKind(inside, CODE) && bestRank < LINE) {
      return cutCode(begin, fresh, limit, rest, inside, best);
    }
    if (bestRank >= LINE) {
      return best;
    }
    int sentence = Breaks.lastSentenceEnd(text, begin, after, limit);
    if (sentence >= 0) {
      return sentence;
    }
    return best >= 0 ? best : Breaks.lastWordEnd(text, begin, fresh, limit);
  }

  /** A place where the limit is inside a block of code that began in the first half, or before. */
  private int cutCode(int begin, int fresh, int limit, int rest, int inside, int best) {
    int open = inside;
    while (isKind(open, CODE)) {
      open--;
    }
    if (isKind(open, FENCE)) {
      int start = lines.start(open);
      boolean fits = codeEnd(inside, rest) - start <= sizes.size();
      if (fits && start > fresh && hasBody(begin, start)) {
        return start;
      }
      if (fits && start <= fresh && begin < fresh) {
        return NONE;
      }
    }
    return best >= 0 ? best : Breaks.lastWordEnd(text, begin, fresh, limit);
  }

  /** Where the block of code ends that this line is in. */
  private int codeEnd(int inside, int rest) {
    int i = inside;
    while (isKind(i, CODE)) {
      i++;
    }
    return i < lines.end() ? lines.start(i) - 1 : rest;
  }

  /** Whether anything but titles stands between. */
  private boolean hasBody(int begin, int end) {
    Title first = headings.at(begin);
    if (first == null) {
      return true;
    }
    for (Title title : headings.ahead()) {
      if (title.start() < end && title.hasBody(end)) {
        return true;
      }
    }
    return false;
  }

  /** The rank of a line; not looked at closely where it could not be better than what there is. */
  private int rank(int index, int begin, int atLeast) {
    int rank = lines.mark(index) & RANK;
    if (rank != LINE || rank <= atLeast) {
      return rank;
    }
    return Breaks.isWrapped(text, begin, lines.start(index)) ? IN_CODE : LINE;
  }

  @Override
  int repeatFrom(int begin, int from, int end, int cut) {
    int last = lines.indexAt(end - 1);
    boolean code = isKind(last, CODE) || isKind(last, FENCE);
    boolean continued = code && isKind(lines.indexAt(cut), CODE);
    if (isHeadingNext(cut) || (code && !continued)) {
      return NONE;
    }
    int best = NONE;
    for (int i = last; i >= lines.first() && lines.start(i) >= from; i--) {
      if (isKind(i, HEADING)) {
        return firstVisible(lines.start(i), end);
      }
      if (isKind(i, CODE) && !continued) {
        // What is before the block of code is too far away to help.
        return best == NONE ? NONE : firstVisible(best, end);
      }
      boolean good = isKind(i, CODE) || rank(i, begin, NEVER) >= LINE;
      best = good ? lines.start(i) : best;
    }
    if (best != NONE) {
      // Code keeps its indentation.
      return continued ? best : firstVisible(best, end);
    }
    int sentence = continued ? NONE : Breaks.firstSentence(text, begin, from, end);
    return sentence >= 0 ? sentence : Breaks.firstWord(text, begin, from, end);
  }

  private boolean isHeadingNext(int cut) {
    int i = lines.indexAt(cut);
    while (isKind(i, BLANK)) {
      i++;
    }
    return isKind(i, HEADING);
  }

  private boolean isKind(int index, int kind) {
    return index >= lines.first() && index < lines.end() && (lines.mark(index) & KIND) == kind;
  }

  @Override
  List<String> headings(int begin, int end) {
    return headings.path(begin, end);
  }

  @Override
  void shift(int by) {
    headings.shift(by);
    markdown.shift(by);
  }
}
