/** The kass command. */
@NullMarked
package io.kass.cli;

import org.jspecify.annotations.NullMarked;
