/** What the adapters that keep files tell one another about the disk below them. */
@NullMarked
package io.kass.local.disk;

import org.jspecify.annotations.NullMarked;
