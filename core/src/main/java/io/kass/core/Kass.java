package io.kass.core;

import io.kass.core.assistant.KassAssistant;
import io.kass.core.chunking.Chunkers;
import io.kass.core.ingestion.Catalog;
import io.kass.core.ingestion.Ingestion;
import io.kass.core.retrieval.Retrieval;
import io.kass.core.tool.ToolDispatcher;
import io.kass.core.tool.Tools;
import io.kass.core.users.Users;
import io.kass.ports.assistant.Assistant;
import io.kass.ports.backend.Backend;
import io.kass.ports.document.DocumentReader;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * KASS on one page: what it is made of, over whichever backend it is given.
 *
 * <pre>
 *   documents ──► {@link Ingestion}: read ► cut ► embed what is new ► replace, one step a document
 *                     │
 *                     ▼
 *                 ChunkIndex ◄── {@link Retrieval}: two legs ► fuse ► is it relevant?
 *                                    ▲
 *   question ────► {@link KassAssistant}: history and search at once ► quote, or ask the model ► check ► remember
 *                                    │ ▲
 *                                    ▼ │
 *   tools ◄─────── {@link ToolDispatcher}: does it fit? ► did the user ask for it? ► may it? ► run ► log
 * </pre>
 *
 * <p>All parts are thread-safe and live as long as the backend, which its owner closes.
 */
public final class Kass {
  private final Chunkers chunkers;
  private final Ingestion ingestion;
  private final Catalog catalog;
  private final Retrieval retrieval;
  private final Assistant assistant;
  private final Users users;

  private Kass(
      Chunkers chunkers,
      Ingestion ingestion,
      Catalog catalog,
      Retrieval retrieval,
      Assistant assistant,
      Users users) {
    this.chunkers = chunkers;
    this.ingestion = ingestion;
    this.catalog = catalog;
    this.retrieval = retrieval;
    this.assistant = assistant;
    this.users = users;
  }

  /**
   * Puts KASS together.
   *
   * @param backend the ports it works on
   * @param reader turns bytes into blocks
   * @param tools what the assistant may do beyond talking
   * @param clock the time
   * @param random for ids; must be safe for use by several threads
   */
  public static Kass assemble(
      Backend backend,
      DocumentReader reader,
      Tools tools,
      KassSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    Chunkers chunkers = settings.chunkers();
    var ingestion =
        new Ingestion(
            backend.index(),
            backend.embeddings(),
            backend.ledger(),
            reader,
            chunkers,
            clock,
            settings.ingestion());
    var catalog = new Catalog(backend.index(), backend.ledger(), clock);
    var retrieval = new Retrieval(backend.index(), backend.embeddings());
    var dispatcher =
        new ToolDispatcher(
            tools, backend.toolLog(), backend.ledger(), settings.assistant().hosts(), clock);
    var assistant =
        new KassAssistant(
            backend,
            retrieval,
            dispatcher,
            clock,
            () -> id(random),
            settings.assistant(),
            settings.limits(),
            settings.prices());
    return new Kass(chunkers, ingestion, catalog, retrieval, assistant, new Users(backend));
  }

  /** Cuts documents into chunks; its id names all that decides where. */
  public Chunkers chunkers() {
    return chunkers;
  }

  /** Brings documents into the index. */
  public Ingestion ingestion() {
    return ingestion;
  }

  /** What was brought into it. */
  public Catalog catalog() {
    return catalog;
  }

  /** Finds passages. */
  public Retrieval retrieval() {
    return retrieval;
  }

  /** Answers questions. */
  public Assistant assistant() {
    return assistant;
  }

  /** What is held of users. */
  public Users users() {
    return users;
  }

  private static String id(RandomGenerator random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
