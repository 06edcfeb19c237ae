/** Which language a text is in, as far as search has to know it. */
@NullMarked
package io.kass.core.language;

import org.jspecify.annotations.NullMarked;
