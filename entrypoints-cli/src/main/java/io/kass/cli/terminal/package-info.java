/**
 * Text for people at a terminal: how wide it is, where it breaks, what must not reach the terminal
 * as it is, and the line that shows progress. Knows nothing of questions and answers.
 */
@NullMarked
package io.kass.cli.terminal;

import org.jspecify.annotations.NullMarked;
