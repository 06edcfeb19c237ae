/**
 * What the adapters of SQL databases share: a few things done with a connection, text that can be
 * stored, and notes on rows in tables that are not ours. Public to them; nobody outside of this
 * module sees it.
 */
@NullMarked
package io.kass.local.sql;

import org.jspecify.annotations.NullMarked;
