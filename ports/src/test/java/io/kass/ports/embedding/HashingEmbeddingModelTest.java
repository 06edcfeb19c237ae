package io.kass.ports.embedding;

class HashingEmbeddingModelTest extends EmbeddingModelContract {
  private final HashingEmbeddingModel model = HashingEmbeddingModel.ofDimension(64);

  @Override
  protected EmbeddingModel model() {
    return model;
  }
}
