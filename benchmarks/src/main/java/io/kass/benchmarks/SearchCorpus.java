package io.kass.benchmarks;

import io.kass.ports.Audience;
import io.kass.ports.ContentHash;
import io.kass.ports.Language;
import io.kass.ports.Metadata;
import io.kass.ports.document.DocumentId;
import io.kass.ports.document.Locator;
import io.kass.ports.document.Place;
import io.kass.ports.embedding.Vector;
import io.kass.ports.index.Chunk;
import io.kass.ports.index.ChunkKey;
import io.kass.ports.index.StoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up chunks that behave like real ones: words by Zipf's law with some that belong to a topic,
 * unit vectors that gather around topics of very different sizes, ten chunks a document. The same
 * number always gives the same chunk, so that none of them has to be kept in memory.
 */
final class SearchCorpus {
  static final int DIMENSION = 384;

  private static final int TOPICS = 300;
  private static final int WORDS = 40_000;
  private static final int TOPIC_WORDS = 40;
  private static final int CHUNKS_A_DOCUMENT = 10;
  private static final String[] SYLLABLES = {
    "ba", "cor", "den", "fal", "gim", "hol", "jun", "kar", "lor", "mon", "nov", "pel", "qua", "rim",
    "sol", "tam", "ur", "vek", "wol", "zan"
  };

  private final float[][] topics = new float[TOPICS][];

  SearchCorpus() {
    for (int i = 0; i < TOPICS; i++) {
      topics[i] = direction(new Random(1_000_003L * i + 1));
    }
  }

  /**
   * A question.
   *
   * @param words some of a chunk's words, and some of any
   * @param vector near to that chunk's
   */
  record Question(String words, Vector vector) {}

  StoredChunk chunk(int number) {
    var document = new DocumentId("manuals/part-" + number / CHUNKS_A_DOCUMENT + ".md");
    String text = String.join(" ", words(number));
    int line = 1 + 40 * (number % CHUNKS_A_DOCUMENT);
    var place =
        new Place(
            new Locator.Lines(line, line + 30),
            List.of(word(number / CHUNKS_A_DOCUMENT), word(number % 97)),
            30L * line,
            30L * line + text.length());
    var chunk =
        new Chunk(
            ChunkKey.of(document, ContentHash.of(text), number),
            document,
            text,
            place,
            Language.ENGLISH,
            Audience.EVERYONE,
            Metadata.EMPTY);
    return new StoredChunk(chunk, vector(number), List.of());
  }

  /** Headings and file name of a chunk, as they are searched. */
  static String title(StoredChunk chunk) {
    String id = chunk.chunk().document().value();
    String name = id.substring(id.lastIndexOf('/') + 1).replace('.', ' ');
    return String.join("\n", chunk.chunk().place().headings()) + "\n" + name;
  }

  Vector vector(int number) {
    return near(topics[topic(number)], 1, new Random(7_919L * number + 5));
  }

  /** Questions about a corpus of so many chunks. */
  List<Question> questions(int chunks, int count) {
    var random = new Random(99);
    List<Question> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int about = random.nextInt(chunks);
      List<String> words = words(about);
      var asked = new StringBuilder();
      for (int w = 0; w < 5; w++) {
        asked.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      for (int w = 0; w < 3; w++) {
        asked.append(word(zipf(random))).append(' ');
      }
      Vector own = vector(about);
      questions.add(new Question(asked.toString().strip(), near(own.toArray(), 0.6, random)));
    }
    return questions;
  }

  private static int topic(int number) {
    double place = new Random(31L * number + 7).nextDouble();
    return (int) (TOPICS * place * place);
  }

  private static List<String> words(int number) {
    var random = new Random(104_729L * number + 11);
    int topic = topic(number);
    int length = 110 + random.nextInt(80);
    List<String> words = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      boolean ofTopic = random.nextInt(5) == 0;
      int word = ofTopic ? 2_000 + topic * TOPIC_WORDS + random.nextInt(TOPIC_WORDS) : zipf(random);
      words.add(word(word));
    }
    return words;
  }

  /** The rank of a word: the first ones often, the others rarely. */
  private static int zipf(Random random) {
    return (int) Math.min(WORDS - 1.0, Math.exp(random.nextDouble() * Math.log(WORDS)) - 1);
  }

  private static String word(int rank) {
    var word = new StringBuilder();
    int rest = rank + SYLLABLES.length;
    while (rest > 0) {
      word.append(SYLLABLES[rest % SYLLABLES.length]);
      rest /= SYLLABLES.length;
    }
    return word.toString();
  }

  private static float[] direction(Random random) {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return unit(values);
  }

  private static Vector near(float[] centre, double spread, Random random) {
    float[] values = centre.clone();
    double scale = spread / Math.sqrt(DIMENSION);
    for (int i = 0; i < DIMENSION; i++) {
      values[i] += (float) (scale * random.nextGaussian());
    }
    return Vector.adopt(unit(values));
  }

  private static float[] unit(float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    double length = Math.sqrt(square);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / length);
    }
    return values;
  }
}
