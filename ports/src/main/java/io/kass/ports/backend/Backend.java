package io.kass.ports.backend;

import io.kass.ports.cache.AnswerCache;
import io.kass.ports.chat.ChatModel;
import io.kass.ports.conversation.ConversationLog;
import io.kass.ports.document.DocumentStore;
import io.kass.ports.embedding.EmbeddingModel;
import io.kass.ports.index.ChunkIndex;
import io.kass.ports.ledger.Ledger;
import io.kass.ports.tool.AgentStates;
import io.kass.ports.tool.ToolLog;

/**
 * One complete, live set of ports: one knowledge base of one tenant. Thread-safe; closed as a unit.
 * Any mix is a value: {@code backend.with(chat)} is the same backend with another model; it shares
 * all else, so only one of the two is closed.
 */
public record Backend(
    BackendName name,
    ChatModel chat,
    EmbeddingModel embeddings,
    ChunkIndex index,
    DocumentStore documents,
    ConversationLog conversations,
    AnswerCache cache,
    AgentStates states,
    ToolLog toolLog,
    Ledger ledger,
    Inspection inspection,
    Closer closer)
    implements AutoCloseable {

  /** The same backend with another language model. */
  public Backend with(ChatModel other) {
    return new Backend(
        name,
        other,
        embeddings,
        index,
        documents,
        conversations,
        cache,
        states,
        toolLog,
        ledger,
        inspection,
        closer);
  }

  /** The same backend with other documents. */
  public Backend with(DocumentStore other) {
    return new Backend(
        name,
        chat,
        embeddings,
        index,
        other,
        conversations,
        cache,
        states,
        toolLog,
        ledger,
        inspection,
        closer);
  }

  @Override
  public void close() {
    closer.close();
  }
}
