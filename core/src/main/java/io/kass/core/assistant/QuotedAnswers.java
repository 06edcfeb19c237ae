package io.kass.core.assistant;

import io.kass.core.retrieval.Retrieved;
import io.kass.core.retrieval.WordMatch;
import io.kass.core.safety.SafeLinks;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Citation;
import io.kass.ports.assistant.Passage;
import io.kass.ports.assistant.Trace;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.Sentence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Answers made of the best sentences, word for word: what can be had without a language model.
 * Thread-safe.
 */
public final class QuotedAnswers {
  /** Said when the documents do not answer. */
  static final String NOTHING_FOUND = "I found nothing about that.";

  /** How many passages are searched for sentences. */
  public static final int PASSAGES = 5;

  /**
   * A further quote is nearly as near to the question as the first; else it is about something
   * else.
   */
  private static final double MARGIN = 0.08;

  /** A quote takes the next sentence along while both stay within this many characters. */
  private static final int LONGEST_WITH_NEXT = 400;

  private final AssistantSettings settings;

  public QuotedAnswers(AssistantSettings settings) {
    this.settings = settings;
  }

  /** The answer that these passages give: quotes, or declined. */
  public Answer answer(Retrieved retrieved) {
    return answer(retrieved, Trace.NONE, AnswerListener.none());
  }

  Answer answer(Retrieved retrieved, Trace trace, AnswerListener listener) {
    List<Quote> quotes = retrieved.relevance().relevant() ? best(retrieved) : List.of();
    if (quotes.isEmpty()) {
      return new Answer.Declined(NOTHING_FOUND, trace);
    }
    var text = new StringBuilder();
    var citations = new ArrayList<Citation>();
    for (int i = 0; i < quotes.size(); i++) {
      Quote quote = quotes.get(i);
      text.append(i == 0 ? "" : "\n").append(quote.text()).append(" [").append(i + 1).append(']');
      citations.add(quote.citation(i + 1));
    }
    // Citations keep every word; the text is what readers may show as Markdown.
    String safe = SafeLinks.of(settings.hosts(), text.toString());
    listener.on(new AnswerEvent.Text(safe));
    return new Answer.Given(safe, Answer.Kind.QUOTES, citations, "", false, trace);
  }

  private List<Quote> best(Retrieved retrieved) {
    var words = new WordMatch(retrieved.terms());
    var quotes = new ArrayList<Quote>();
    List<Passage> passages = retrieved.passages();
    for (Passage passage : passages.subList(0, Math.min(PASSAGES, passages.size()))) {
      quotes.addAll(quotes(passage, retrieved, words));
    }
    quotes.sort(Comparator.comparingDouble(Quote::score).reversed());
    var chosen = new ArrayList<Quote>();
    for (Quote quote : quotes) {
      if (chosen.size() < settings.quotes()
          && chosen.stream().noneMatch(quote::repeats)
          && (chosen.isEmpty() || quote.stands(chosen.getFirst()))) {
        chosen.add(quote);
      }
    }
    return chosen;
  }

  private static List<Quote> quotes(Passage passage, Retrieved retrieved, WordMatch match) {
    Chunk chunk = passage.chunk().chunk();
    List<Sentence> sentences = passage.chunk().sentences();
    List<BitSet> found =
        sentences.stream()
            .map(s -> match.in(chunk.passage().substring(s.begin(), s.end())))
            .toList();
    BitSet headings = match.in(String.join(" ", chunk.place().headings()));
    var quotes = new ArrayList<Quote>(sentences.size());
    for (int i = 0; i < sentences.size(); i++) {
      Vector vector = sentences.get(i).vector();
      Vector query = retrieved.query();
      double words = inContext(match, found, headings, i);
      boolean near = query != null && vector != null;
      double score =
          query != null && vector != null
              ? query.dot(vector) + 0.2 * passage.score() + 0.05 * words
              : words + 0.5 * passage.score();
      int end = end(chunk, sentences, i);
      quotes.add(new Quote(chunk, sentences.get(i).begin(), end, score, words, near));
    }
    return quotes;
  }

  /** What follows a sentence in its paragraph explains it more often than not. */
  private static int end(Chunk chunk, List<Sentence> sentences, int i) {
    Sentence sentence = sentences.get(i);
    if (i + 1 == sentences.size()) {
      return sentence.end();
    }
    Sentence next = sentences.get(i + 1);
    String between = chunk.passage().substring(sentence.end(), next.begin());
    boolean sameParagraph = between.isBlank() && between.chars().filter(c -> c == '\n').count() < 2;
    return sameParagraph && next.end() - sentence.begin() <= LONGEST_WITH_NEXT
        ? next.end()
        : sentence.end();
  }

  /** The share of the question's words in a sentence; half counts what only stands around it. */
  private static double inContext(WordMatch match, List<BitSet> found, BitSet headings, int i) {
    BitSet around = (BitSet) headings.clone();
    around.or(found.get(i));
    if (i > 0) {
      around.or(found.get(i - 1));
    }
    if (i + 1 < found.size()) {
      around.or(found.get(i + 1));
    }
    return (match.share(found.get(i)) + match.share(around)) / 2;
  }

  /**
   * A part of a chunk that may be quoted.
   *
   * @param words the share of the question's words in and around it
   * @param near whether its score comes of vectors
   */
  private record Quote(Chunk chunk, int begin, int end, double score, double words, boolean near) {
    /** Whether it is good enough beside the best one. */
    boolean stands(Quote best) {
      return near ? score >= best.score - MARGIN : words > 0;
    }

    String text() {
      return chunk.passage().substring(begin, end);
    }

    /** Whether it says again what the other says: chunks overlap, and so may quotes. */
    boolean repeats(Quote other) {
      return text().contains(other.text())
          || other.text().contains(text())
          || (chunk.key().equals(other.chunk.key()) && begin < other.end && other.begin < end);
    }

    Citation citation(int number) {
      return new Citation(
          number, chunk.key(), chunk.document(), QuotePlaces.of(chunk, begin, end), text());
    }
  }
}
