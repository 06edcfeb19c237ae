/**
 * Conversations, the ledger, the answer cache, agent states and the tool log in one SQLite file
 * that several processes may use at once.
 */
@NullMarked
package io.kass.local.sqlite;

import org.jspecify.annotations.NullMarked;
