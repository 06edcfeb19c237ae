/** The AWS adapters as a whole. */
@NullMarked
package io.kass.aws;

import org.jspecify.annotations.NullMarked;
