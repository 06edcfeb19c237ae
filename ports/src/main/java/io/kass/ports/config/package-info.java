/**
 * Configuration as the parts of KASS receive it: a section of names and texts, read into records.
 */
@NullMarked
package io.kass.ports.config;

import org.jspecify.annotations.NullMarked;
