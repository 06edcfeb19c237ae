/** Backends that need no account: Lucene, SQLite, ONNX, files. */
@NullMarked
package io.kass.local;

import org.jspecify.annotations.NullMarked;
