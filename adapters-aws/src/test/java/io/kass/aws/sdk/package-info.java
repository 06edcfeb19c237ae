/** What the tests of all services share, and the tests of what the adapters share. */
@NullMarked
package io.kass.aws.sdk;

import org.jspecify.annotations.NullMarked;
