/** The services a team works with: chats, issue trackers, code hosts. */
@NullMarked
package io.kass.ports.team;

import org.jspecify.annotations.NullMarked;
