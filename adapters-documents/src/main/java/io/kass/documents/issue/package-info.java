/** Tickets as their trackers write them: Backlog and Jira. */
@NullMarked
package io.kass.documents.issue;

import org.jspecify.annotations.NullMarked;
