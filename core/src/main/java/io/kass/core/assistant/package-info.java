/**
 * A turn: retrieve, answer with quotes or by a model, check the citations, remember. Answers never
 * cite what was not retrieved.
 */
@NullMarked
package io.kass.core.assistant;

import org.jspecify.annotations.NullMarked;
