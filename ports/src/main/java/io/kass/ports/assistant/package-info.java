/** The driving port: a question in, an answer with citations out. */
@NullMarked
package io.kass.ports.assistant;

import org.jspecify.annotations.NullMarked;
