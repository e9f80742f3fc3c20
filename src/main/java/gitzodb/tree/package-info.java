/** Objects to files and files to objects: names, units, dump, load, verify. */
@NullMarked
package gitzodb.tree;

import org.jspecify.annotations.NullMarked;
