package io.kass.documents.guarded;

/** What users are told in either process. */
final class Messages {
  private Messages() {}

  /**
   * That a document is damaged.
   *
   * @param detail begins with a colon, or is empty
   */
  static String damaged(DocumentParser parser, String detail) {
    String remedy = parser.remedy();
    return "It is damaged%s. Get it anew, or %s."
        .formatted(detail, Character.toLowerCase(remedy.charAt(0)) + remedy.substring(1));
  }
}
