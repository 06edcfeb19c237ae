/**
 * What a model asks for, checked and run. Reading tools run freely; an acting tool runs only if the
 * user's own words asked for it, with targets that are the user's or policy's: nothing that a
 * document or a tool says can cause an action.
 */
@NullMarked
package io.kass.core.tool;

import org.jspecify.annotations.NullMarked;
