/**
 * How good search and answers are, measured on questions whose answers are known: ranking metrics,
 * agreement of texts, and how far chance could have moved each figure.
 */
@NullMarked
package io.kass.core.evaluation;

import org.jspecify.annotations.NullMarked;
