package io.kass.ports.tool;

import io.kass.ports.Json;
import io.kass.ports.UserId;
import java.time.Instant;

/**
 * Where a long run of an agent stands, so that another process can go on.
 *
 * @param agent which agent
 * @param execution which run of it
 * @param user on whose behalf
 * @param state the state itself
 * @param revision counts its changes from 1
 * @param expires when it is void
 */
public record AgentState(
    String agent, String execution, UserId user, Json.Obj state, long revision, Instant expires) {}
