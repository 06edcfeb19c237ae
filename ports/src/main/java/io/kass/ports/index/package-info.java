/**
 * The search index: chunks, their keys, and how they are searched, replaced and scanned. A store
 * answers with the lists it found (legs); only core fuses them.
 */
@NullMarked
package io.kass.ports.index;

import org.jspecify.annotations.NullMarked;
