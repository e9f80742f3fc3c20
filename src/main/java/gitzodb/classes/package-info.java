/** What is known about a class of stored objects: where children are, which attribute is source, what is derived. */
@NullMarked
package gitzodb.classes;

import org.jspecify.annotations.NullMarked;
