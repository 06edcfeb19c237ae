/** The language everybody speaks: interfaces and the values they exchange. */
@NullMarked
package io.kass.ports;

import org.jspecify.annotations.NullMarked;
