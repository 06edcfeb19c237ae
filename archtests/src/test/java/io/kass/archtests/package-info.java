/** The rules of the house, as tests that see every module. */
@NullMarked
package io.kass.archtests;

import org.jspecify.annotations.NullMarked;
