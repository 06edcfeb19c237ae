/** Tables as text: values between commas, semicolons, tabs or bars. */
@NullMarked
package io.kass.documents.csv;

import org.jspecify.annotations.NullMarked;
