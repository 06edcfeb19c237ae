/**
 * Conversations in the legacy application's PostgreSQL table, as it stands: what that application
 * wrote is read exactly, and it can read what is written here.
 */
@NullMarked
package io.kass.local.postgres;

import org.jspecify.annotations.NullMarked;
