/**
 * Real servers, started as child processes on this machine: for the tests of adapters and for
 * whoever wants to try KASS against them. In no shipped artefact; knows nothing else of KASS.
 */
@NullMarked
package io.kass.devservices;

import org.jspecify.annotations.NullMarked;
