/** PDF, by PDFBox, in a process of its own. */
@NullMarked
package io.kass.documents.pdf;

import org.jspecify.annotations.NullMarked;
