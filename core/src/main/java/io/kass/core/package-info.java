/** What KASS knows: chunking, retrieval, answering, ingestion. */
@NullMarked
package io.kass.core;

import org.jspecify.annotations.NullMarked;
