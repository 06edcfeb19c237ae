/**
 * File formats to text. {@link io.kass.documents.DocumentsModule} binds one {@link
 * io.kass.ports.document.DocumentReader} over all the formats that are installed: it looks at the
 * content, then at the name, and hands the document to the format that knows it. A format is a
 * package with a module of its own and one line in {@code DocumentsModule}.
 */
@NullMarked
package io.kass.documents;

import org.jspecify.annotations.NullMarked;
