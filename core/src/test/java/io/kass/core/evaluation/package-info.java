/** Tests of the evaluation. */
@NullMarked
package io.kass.core.evaluation;

import org.jspecify.annotations.NullMarked;
