/** Data in JSON and in lines of JSON: tables and named values. */
@NullMarked
package io.kass.documents.json;

import org.jspecify.annotations.NullMarked;
