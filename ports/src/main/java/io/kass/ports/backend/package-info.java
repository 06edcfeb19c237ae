/** A complete set of ports as one value, and how one is made. */
@NullMarked
package io.kass.ports.backend;

import org.jspecify.annotations.NullMarked;
