/**
 * What all clients of the AWS SDK share: how they are made, how a call ends with its caller's
 * scope, and what their failures mean.
 */
@NullMarked
package io.kass.aws.sdk;

import org.jspecify.annotations.NullMarked;
