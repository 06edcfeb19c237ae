/** Language models that talk. */
@NullMarked
package io.kass.ports.chat;

import org.jspecify.annotations.NullMarked;
