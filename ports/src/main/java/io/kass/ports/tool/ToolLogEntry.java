package io.kass.ports.tool;

import io.kass.ports.UserId;
import java.time.Duration;
import java.time.Instant;

/**
 * The record of one call.
 *
 * @param id unique to this call; writing it again changes nothing
 * @param tool the tool's name
 * @param user on whose behalf
 * @param correlationId joins it to the turn
 * @param arguments the arguments as canonical JSON, secrets and personal data redacted
 * @param success whether it ran
 * @param outcome a short text without secrets
 * @param at when it began
 * @param took how long it ran
 */
public record ToolLogEntry(
    String id,
    String tool,
    UserId user,
    String correlationId,
    String arguments,
    boolean success,
    String outcome,
    Instant at,
    Duration took) {}
