/**
 * Source code and the languages of configuration: the text as it stands, with the name of its
 * language.
 */
@NullMarked
package io.kass.documents.code;

import org.jspecify.annotations.NullMarked;
