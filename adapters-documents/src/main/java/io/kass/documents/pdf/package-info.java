/**
 * PDF, by PDFBox, in processes of their own: a PDF can make any reader loop or run out of memory,
 * and neither can be stopped within a process. The process that asks ({@code PdfFormat}) serves the
 * bytes of the document and receives pages; when time or memory run out it ends the other process
 * and starts a new one for the next document.
 */
@NullMarked
package io.kass.documents.pdf;

import org.jspecify.annotations.NullMarked;
