/**
 * What a file format brings along ({@link io.kass.documents.format.FormatReader}) and what it is
 * given: a first look at the document, limits, and the rules that all formats share.
 */
@NullMarked
package io.kass.documents.format;

import org.jspecify.annotations.NullMarked;
