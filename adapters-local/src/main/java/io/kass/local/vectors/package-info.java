/**
 * What backends put around their embedding models: vectors that were made before are not made
 * again. Public to them; nobody outside of this module sees it.
 */
@NullMarked
package io.kass.local.vectors;

import org.jspecify.annotations.NullMarked;
