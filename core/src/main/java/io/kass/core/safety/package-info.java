/**
 * What passes between strangers' text, a model and a reader: nothing hidden goes in, and no link or
 * image that could carry something away comes out.
 */
@NullMarked
package io.kass.core.safety;

import org.jspecify.annotations.NullMarked;
