package io.kass.local.chat;

/**
 * What has to come back to Gemini with a call: the id that it gave, if it gave one, and the
 * signature of the thoughts that led to the call, without which newer models refuse the call's
 * outcome. Both travel in the id that the ports have for a call, so that no other place need be
 * kept for them, in this process or the next.
 *
 * @param given Gemini's id; empty where it gave none
 * @param signature Base64; may be empty
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">thought signatures</a>
 */
record GeminiCallId(String given, String signature) {
  /** In no Base64, so that the last one is the one that was put here. */
  private static final char BETWEEN = '~';

  /** Begins the ids of calls that came without one. */
  private static final String OURS = "kass-call-";

  /**
   * The id for the ports.
   *
   * @param place of the call among the calls of its message, from 1: different calls need different
   *     ids
   */
  String written(int place) {
    String id = given.isEmpty() ? OURS + place : given;
    return signature.isEmpty() ? id : id + BETWEEN + signature;
  }

  /** What an id of the ports holds; one that another model gave is an id without a signature. */
  static GeminiCallId read(String written) {
    int between = written.lastIndexOf(BETWEEN);
    String id = between < 0 ? written : written.substring(0, between);
    String signature = between < 0 ? "" : written.substring(between + 1);
    return new GeminiCallId(id.startsWith(OURS) ? "" : id, signature);
  }
}
