/** The canonical XML: one text for one value, read strictly. */
@NullMarked
package gitzodb.xml;

import org.jspecify.annotations.NullMarked;
