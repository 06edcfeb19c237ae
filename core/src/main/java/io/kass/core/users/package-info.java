/** What is held of users, and how all of it is erased. */
@NullMarked
package io.kass.core.users;

import org.jspecify.annotations.NullMarked;
