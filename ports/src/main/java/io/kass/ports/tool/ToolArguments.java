package io.kass.ports.tool;

import io.kass.ports.Json;

/**
 * The arguments of one call, already checked against the tool's schema.
 *
 * @param callId the model's id of the call
 * @param values the arguments
 * @param idempotencyKey the same for every try of the same call, so an acting tool acts once
 */
public record ToolArguments(String callId, Json.Obj values, String idempotencyKey) {}
