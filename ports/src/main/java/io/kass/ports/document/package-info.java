/** Documents: where they are kept, how bytes become blocks, and places within them. */
@NullMarked
package io.kass.ports.document;

import org.jspecify.annotations.NullMarked;
