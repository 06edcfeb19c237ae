/** Conversations: what was said, by whom, in which order. */
@NullMarked
package io.kass.ports.conversation;

import org.jspecify.annotations.NullMarked;
