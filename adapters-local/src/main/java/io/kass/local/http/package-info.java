/**
 * What the adapters of servers that speak JSON over HTTP share: a call that ends with its caller's
 * scope, and the words for what can go wrong. Public to them; nobody outside of this module sees
 * it.
 */
@NullMarked
package io.kass.local.http;

import org.jspecify.annotations.NullMarked;
