package io.kass.ports;

import java.util.TreeSet;

/**
 * The person on whose behalf a call is made, with the groups that decide what they may see.
 *
 * @param user who asks
 * @param groups always contains {@link Audience#EVERYONE_GROUP}
 */
public record Caller(UserId user, Audience groups) {
  public Caller {
    if (!groups.groups().contains(Audience.EVERYONE_GROUP)) {
      var all = new TreeSet<>(groups.groups());
      all.add(Audience.EVERYONE_GROUP);
      groups = new Audience(all);
    }
  }

  /** A caller of no group but everyone. */
  public static Caller of(UserId user) {
    return new Caller(user, Audience.EVERYONE);
  }
}
