package io.kass.ports.conversation;

class InMemoryConversationLogTest extends ConversationLogContract {
  private final ConversationLog log = new InMemoryConversationLog();

  @Override
  protected ConversationLog open() {
    return log;
  }
}
