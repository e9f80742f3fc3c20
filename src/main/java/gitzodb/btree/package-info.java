/** BTrees as the sorted mapping or set they stand for: read, built, edited in place. */
@NullMarked
package gitzodb.btree;

import org.jspecify.annotations.NullMarked;
