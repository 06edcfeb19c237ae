/**
 * The configuration of the command: one tree of records, filled from defaults, file, environment
 * and flags, in this order. Whatever is not known is refused with the nearest name that is.
 */
@NullMarked
package io.kass.cli.config;

import org.jspecify.annotations.NullMarked;
