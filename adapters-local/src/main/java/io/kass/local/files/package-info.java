/** Documents as files: the user's own folders, and a folder that KASS writes to. */
@NullMarked
package io.kass.local.files;

import org.jspecify.annotations.NullMarked;
