package io.kass.ports.document;

/** What kind of material a document is; decides how it is cut into chunks. */
public enum SourceType {
  TEXT,
  MARKDOWN,
  PAGED,
  SPREADSHEET,
  CODE,
  CHAT,
  ISSUE,
  CHANGE
}
