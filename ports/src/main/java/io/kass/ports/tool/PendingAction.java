package io.kass.ports.tool;

import java.time.Instant;

/**
 * An action that waits for a person.
 *
 * @param id under which it is approved or denied; not guessable
 * @param action what would be done
 * @param expires when it is void
 */
public record PendingAction(String id, ProposedAction action, Instant expires) {}
