/** Tools: what a model may ask for, who approves it, and the record of what was done. */
@NullMarked
package io.kass.ports.tool;

import org.jspecify.annotations.NullMarked;
