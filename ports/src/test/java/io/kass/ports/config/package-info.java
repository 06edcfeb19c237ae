/** Tests of what configuration is made of. */
@NullMarked
package io.kass.ports.config;

import org.jspecify.annotations.NullMarked;
