/** Documents in a bucket of S3, read and written as streams. */
@NullMarked
package io.kass.aws.s3;

import org.jspecify.annotations.NullMarked;
