/**
 * The search index of the legacy deployment: a collection of a Chroma server, read exactly as it
 * is, and written so that the legacy application can still read it. Straight on the JDK's HTTP
 * client, over the server's API v2 (1.x) or v1 (0.4).
 */
@NullMarked
package io.kass.local.chroma;

import org.jspecify.annotations.NullMarked;
