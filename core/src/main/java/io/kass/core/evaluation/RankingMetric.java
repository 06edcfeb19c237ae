package io.kass.core.evaluation;

/** A figure that a ranking earns, from 0 to 1. */
public enum RankingMetric {
  RECALL_1("recall@1"),
  RECALL_5("recall@5"),
  RECALL_10("recall@10"),
  MRR_10("mrr@10"),
  NDCG_10("ndcg@10");

  private final String label;

  RankingMetric(String label) {
    this.label = label;
  }

  /** Its usual name. */
  public String label() {
    return label;
  }

  /** What this ranking earns. */
  public double of(Ranking ranking) {
    return switch (this) {
      case RECALL_1 -> ranking.recallAt(1);
      case RECALL_5 -> ranking.recallAt(5);
      case RECALL_10 -> ranking.recallAt(10);
      case MRR_10 -> ranking.reciprocalRankAt(10);
      case NDCG_10 -> ranking.ndcgAt(10);
    };
  }
}
