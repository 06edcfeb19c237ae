/** Holds the architecture: whole-house layers, rooms for side effects, contracts, covered cases. */
@NullMarked
package io.kass.archtests;

import org.jspecify.annotations.NullMarked;
