/** File formats to text. */
@NullMarked
package io.kass.documents;

import org.jspecify.annotations.NullMarked;
