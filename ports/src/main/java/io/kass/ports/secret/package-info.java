/** Secrets: where they come from, and a holder that does not print them. */
@NullMarked
package io.kass.ports.secret;

import org.jspecify.annotations.NullMarked;
