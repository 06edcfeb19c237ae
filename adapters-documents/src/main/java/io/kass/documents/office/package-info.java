/**
 * Office documents, in a process of their own. Their parts are read as a stream, by the JDK's XML
 * reader: nothing is evaluated, run or fetched.
 */
@NullMarked
package io.kass.documents.office;

import org.jspecify.annotations.NullMarked;
