package io.kass.ports;

import io.kass.ports.error.KassException.InvalidRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups that may see a document, or that a caller belongs to. Never empty.
 *
 * @param groups group names, sorted, each not blank
 */
public record Audience(NavigableSet<String> groups) {
  /** The group that every caller belongs to. */
  public static final String EVERYONE_GROUP = "everyone";

  /** A document for everyone; a caller of no further group. */
  public static final Audience EVERYONE = new Audience(new TreeSet<>(Set.of(EVERYONE_GROUP)));

  public Audience {
    if (groups.isEmpty() || groups.stream().anyMatch(String::isBlank)) {
      throw new InvalidRequest("An audience names at least one group, and no blank one.");
    }
    groups = Collections.unmodifiableNavigableSet(new TreeSet<>(groups));
  }

  /** The audience of exactly these groups. */
  public static Audience of(Collection<String> groups) {
    return new Audience(new TreeSet<>(groups));
  }

  /**
   * Whether a caller of these groups may see a document meant for {@code other}, or the reverse.
   */
  public boolean meets(Audience other) {
    return groups.stream().anyMatch(other.groups::contains);
  }
}
