/** HTML and XHTML, by jsoup, in a process of its own. Nothing that a page refers to is fetched. */
@NullMarked
package io.kass.documents.html;

import org.jspecify.annotations.NullMarked;
