/** Changes as Git writes them. */
@NullMarked
package io.kass.documents.patch;

import org.jspecify.annotations.NullMarked;
