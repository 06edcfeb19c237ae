package io.kass.core.safety;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a link in an answer may lead.
 *
 * @param hosts names of hosts, each with all below it: {@code example.com} allows {@code
 *     docs.example.com}
 */
public record AllowedHosts(List<String> hosts) {
  /** No link is let through. */
  public static final AllowedHosts NONE = new AllowedHosts(List.of());

  private static final Pattern ADDRESS =
      Pattern.compile("(?:https?://)?([^/?#]*)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** An address within an address: a host may send on whoever comes with it. */
  private static final Pattern FORWARDS =
      Pattern.compile("//|(?:%3a|:)(?:%2f|/)|%2f%2f", Pattern.CASE_INSENSITIVE);

  /**
   * As browsers read it, or stricter: no name, password, escape or foreign letter is in it. Signs
   * may end the sentence that it stands in, but nothing may follow them: to a browser, a host goes
   * on after an apostrophe. After a bracket or a bar it cannot be a host at all.
   */
  private static final Pattern AUTHORITY =
      Pattern.compile("([a-z0-9.-]+)(?::\\d{1,5})?[(),.;:!\"'*_{}]*(?:[\\[\\]|][\\x21-\\x7e]*)?");

  public AllowedHosts {
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /** Whether an address, {@code http}, {@code https} or without a scheme, leads to one of them. */
  boolean allow(String address) {
    if (hosts.isEmpty() || address.startsWith("://")) {
      return false;
    }
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()
        || parts.group(1).matches(".*[@\\\\%].*")
        || FORWARDS.matcher(parts.group(2)).find()) {
      return false;
    }
    Matcher authority = AUTHORITY.matcher(parts.group(1).toLowerCase(Locale.ROOT));
    if (!authority.matches()) {
      return false;
    }
    String host = authority.group(1);
    return hosts.stream().anyMatch(allowed -> host.equals(allowed) || host.endsWith("." + allowed));
  }
}
