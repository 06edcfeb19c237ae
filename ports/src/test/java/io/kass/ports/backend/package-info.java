/** Contract of what looks at backends. */
@NullMarked
package io.kass.ports.backend;

import org.jspecify.annotations.NullMarked;
