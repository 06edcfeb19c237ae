/**
 * Plain text and Markdown: finds out the character encoding, decodes as a stream, and hands over
 * windows of the text itself. Memory does not grow with the length of a document or of its lines.
 */
@NullMarked
package io.kass.documents.text;

import org.jspecify.annotations.NullMarked;
