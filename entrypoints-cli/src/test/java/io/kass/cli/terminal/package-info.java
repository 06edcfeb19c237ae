/** Tests of what a terminal is shown. */
@NullMarked
package io.kass.cli.terminal;

import org.jspecify.annotations.NullMarked;
