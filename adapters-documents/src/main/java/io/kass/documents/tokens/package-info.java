/** Tokens as language models count them. */
@NullMarked
package io.kass.documents.tokens;

import org.jspecify.annotations.NullMarked;
