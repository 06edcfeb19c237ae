package io.kass.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.service.AiServices;
import io.kass.ports.CallScope;
import io.kass.ports.Caller;
import io.kass.ports.Json;
import io.kass.ports.assistant.Answer;
import io.kass.ports.assistant.AnswerEvent;
import io.kass.ports.assistant.AnswerListener;
import io.kass.ports.assistant.Assistant;
import io.kass.ports.assistant.Question;
import io.kass.ports.chat.ChatListener;
import io.kass.ports.chat.ChatMessage;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.chat.ChatReply;
import io.kass.ports.chat.ChatRequest;
import io.kass.ports.chat.StopReason;
import io.kass.ports.chat.TokenUsage;
import io.kass.ports.index.Filter;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What an assistant itself takes for a turn, when model, embeddings and stores answer at once: one
 * earlier turn, five passages, a round of one tool, a written answer. Beside it, LangChain4j's
 * {@code AiServices} with a retrieval augmentor, a memory and a tool does the same; both take
 * turns, so that what disturbs the machine disturbs both alike. CPU time is the whole process's,
 * the virtual threads' too.
 *
 * <p>Argument: how many turns a round has; ten rounds are measured after as many to warm up. Run it
 * with {@code -Xmx512m} to see that 1,000 turns at once fit.
 */
public final class TurnBenchmark {
  private static final int ROUNDS = 10;
  private static final int AT_ONCE = 1_000;
  private static final String ANSWER =
      "Audit logs of the archive are kept for seven years [1]. Rule 3 holds since 2019 [2].";
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int turns;

  TurnBenchmark(int turns) {
    this.turns = turns;
  }

  /** Runs it and prints a table in Markdown. */
  public static void main(String[] args) {
    int turns = args.length == 0 ? 2_000 : Integer.parseInt(args[0]);
    report(System.out, new TurnBenchmark(turns).run());
  }

  /**
   * What turns took, in microseconds.
   *
   * @param cpu of the whole process, a turn on average
   */
  record Times(double p50, double p99, double cpu) {}

  /**
   * What was measured.
   *
   * @param firstToken microseconds from the model's first piece to the listener, median and the
   *     99th of 100
   * @param atOnce how many turns were in the model at the same time
   * @param heap bytes in use while they were
   */
  record Figures(
      Times kass, Times peer, double firstToken, double firstToken99, int atOnce, long heap) {}

  Figures run() {
    var model = new InstantModel();
    Assistant assistant = InstantParts.assistant(model);
    Peer peer = peer();
    Runnable ours = () -> ask(assistant, AnswerListener.none());
    Runnable theirs = () -> peer.chat(InstantParts.QUESTION);
    var kass = new Measured();
    var other = new Measured();
    for (int round = 0; round < 2 * ROUNDS; round++) {
      boolean counts = round >= ROUNDS;
      kass.round(ours, turns, counts);
      other.round(theirs, turns, counts);
    }
    double[] first = firstTokens(assistant, model);
    long heap = atOnce();
    return new Figures(
        kass.times(), other.times(), quantile(first, 0.5), quantile(first, 0.99), AT_ONCE, heap);
  }

  private static Answer ask(Assistant assistant, AnswerListener listener) {
    Answer answer = assistant.ask(scope(), question(), listener);
    if (!(answer instanceof Answer.Given given) || given.citations().size() != 2) {
      throw new IllegalStateException("not the answer that was to be measured: " + answer);
    }
    return answer;
  }

  private static CallScope scope() {
    return CallScope.within(
        Duration.ofHours(1), InstantSource.system(), Caller.of(InstantParts.USER), "benchmark");
  }

  private static Question question() {
    return new Question(InstantParts.CONVERSATION, InstantParts.QUESTION, Filter.all());
  }

  /** How long a piece is on its way from the model to whoever listens. */
  private double[] firstTokens(Assistant assistant, InstantModel model) {
    var times = new double[turns];
    for (int i = 0; i < turns; i++) {
      int turn = i;
      ask(
          assistant,
          event -> {
            if (event instanceof AnswerEvent.Text && times[turn] == 0) {
              times[turn] = (System.nanoTime() - model.firstPiece) / 1e3;
            }
          });
    }
    Arrays.sort(times);
    return times;
  }

  /** So many turns on virtual threads, all of them waiting for the model at the same time. */
  private static long atOnce() {
    var arrived = new CountDownLatch(AT_ONCE);
    var go = new CountDownLatch(1);
    var waiting = new InstantModel();
    ChatModel model =
        new ChatModel() {
          @Override
          public String id() {
            return waiting.id();
          }

          @Override
          public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
            arrived.countDown();
            await(go);
            return waiting.chat(scope, request, listener);
          }
        };
    Assistant assistant = InstantParts.assistant(model);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Answer>>();
      for (int i = 0; i < AT_ONCE; i++) {
        answers.add(threads.submit(() -> ask(assistant, AnswerListener.none())));
      }
      await(arrived);
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      go.countDown();
      for (Future<Answer> answer : answers) {
        answer.get();
      }
      return heap;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a turn failed", e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void report(PrintStream out, Figures figures) {
    out.println("| a turn with one tool, everything else at once | p50, µs | p99, µs | CPU, µs |");
    out.println("|---|---|---|---|");
    row(out, "KASS", figures.kass());
    row(out, "LangChain4j, `AiServices`", figures.peer());
    out.printf(
        Locale.ROOT,
        "%nOf its CPU time KASS takes %.3f. First piece forwarded after %.1f µs (p50), %.1f µs"
            + " (p99). %,d turns at once: %,d MB of heap in use, of %,d.%n",
        figures.kass().cpu() / figures.peer().cpu(),
        figures.firstToken(),
        figures.firstToken99(),
        figures.atOnce(),
        figures.heap() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void row(PrintStream out, String name, Times times) {
    out.printf(
        Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", name, times.p50(), times.p99(), times.cpu());
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /** Turns of one side. */
  private static final class Measured {
    private final List<double[]> rounds = new ArrayList<>();
    private long cpu;

    void round(Runnable turn, int turns, boolean counts) {
      var times = new double[turns];
      long before = PROCESS.getProcessCpuTime();
      for (int i = 0; i < turns; i++) {
        long begin = System.nanoTime();
        turn.run();
        times[i] = (System.nanoTime() - begin) / 1e3;
      }
      if (counts) {
        cpu += PROCESS.getProcessCpuTime() - before;
        rounds.add(times);
      }
    }

    Times times() {
      double[] all = rounds.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
      return new Times(quantile(all, 0.5), quantile(all, 0.99), cpu / 1e3 / all.length);
    }
  }

  /** Asks for the tool, then answers, in pieces as models do. */
  private static final class InstantModel implements ChatModel {
    private static final List<String> PIECES = List.of(ANSWER.split("(?<= )"));
    private static final ChatReply CALL =
        new ChatReply(
            new ChatMessage.FromModel(
                "",
                List.of(
                    new ChatMessage.ToolCall(
                        "1", "lookUp", new Json.Obj(Map.of("number", Json.of(3)))))),
            new StopReason.ToolUse(),
            new TokenUsage(0, 900, 20));
    private static final ChatReply END =
        new ChatReply(
            new ChatMessage.FromModel(ANSWER, List.of()),
            new StopReason.EndTurn(),
            new TokenUsage(0, 950, 30));

    /** When the first piece was said, in nanoseconds; of use to one thread. */
    private volatile long firstPiece;

    @Override
    public String id() {
      return "instant";
    }

    @Override
    public ChatReply chat(CallScope scope, ChatRequest request, ChatListener listener) {
      if (!(request.messages().getLast() instanceof ChatMessage.ToolResults)) {
        return CALL;
      }
      firstPiece = System.nanoTime();
      PIECES.forEach(listener::text);
      return END;
    }
  }

  /** The peer's assistant. */
  interface Peer {
    /** Answers. */
    String chat(String question);
  }

  /** The peer's tool. */
  public static final class PeerTools {
    /** Looks a rule up. */
    @dev.langchain4j.agent.tool.Tool("Looks a rule up by its number.")
    public String lookUp(@P("number") int number) {
      return "Rule 3 holds since 2019.";
    }
  }

  private static Peer peer() {
    List<Content> contents = InstantParts.PASSAGES.stream().map(Content::from).toList();
    return AiServices.builder(Peer.class)
        .chatModel(new PeerModel())
        .tools(new PeerTools())
        .systemMessageProvider(id -> "Answer only from the passages, and cite them.")
        .chatMemoryProvider(id -> {
          var memory = MessageWindowChatMemory.withMaxMessages(10);
          memory.add(UserMessage.from(InstantParts.ASKED));
          memory.add(AiMessage.from(InstantParts.ANSWERED));
          return memory;
        })
        .retrievalAugmentor(
            DefaultRetrievalAugmentor.builder().contentRetriever(query -> contents).build())
        .build();
  }

  private static final class PeerModel implements dev.langchain4j.model.chat.ChatModel {
    private static final ChatResponse CALL =
        ChatResponse.builder()
            .aiMessage(
                AiMessage.from(
                    ToolExecutionRequest.builder()
                        .id("1")
                        .name("lookUp")
                        .arguments("{\"number\": 3}")
                        .build()))
            .finishReason(FinishReason.TOOL_EXECUTION)
            .build();
    private static final ChatResponse END =
        ChatResponse.builder()
            .aiMessage(AiMessage.from(ANSWER))
            .finishReason(FinishReason.STOP)
            .build();

    @Override
    public ChatResponse doChat(dev.langchain4j.model.chat.request.ChatRequest request) {
      return request.messages().getLast() instanceof ToolExecutionResultMessage ? END : CALL;
    }
  }
}
