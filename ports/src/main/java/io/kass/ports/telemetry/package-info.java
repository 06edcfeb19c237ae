/** What runs and how long it takes, for whoever watches. */
@NullMarked
package io.kass.ports.telemetry;

import org.jspecify.annotations.NullMarked;
