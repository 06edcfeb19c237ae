/** Tests of the configuration. */
@NullMarked
package io.kass.cli.config;

import org.jspecify.annotations.NullMarked;
