/**
 * Reads documents in processes of their own: a document can make any reader loop or run out of
 * memory, and neither can be stopped within a process. The process that asks ({@link
 * io.kass.documents.guarded.Guard}) serves the bytes of the document and receives blocks; when time
 * or memory run out it ends the other process and starts a new one for the next document. A format
 * brings a {@link io.kass.documents.guarded.DocumentParser}, which runs there.
 */
@NullMarked
package io.kass.documents.guarded;

import org.jspecify.annotations.NullMarked;
