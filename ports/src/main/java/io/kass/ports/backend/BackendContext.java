package io.kass.ports.backend;

import io.kass.ports.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a backend is given by the process it lives in.
 *
 * @param clock the time
 * @param telemetry takes its measurements
 * @param dataDirectory where it may keep files of its own
 * @param chunkerId id and version of the chunkers that will feed its index
 * @param readOnly whether nothing may be written, so that it can live beside a writing process
 */
public record BackendContext(
    InstantSource clock,
    Telemetry telemetry,
    Path dataDirectory,
    String chunkerId,
    boolean readOnly) {}
