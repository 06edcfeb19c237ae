/** Secrets in AWS Secrets Manager. */
@NullMarked
package io.kass.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
