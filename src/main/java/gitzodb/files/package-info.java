/** Files that are whole or absent: atomic writes, locks that other programs see, walks that follow no links. */
@NullMarked
package gitzodb.files;

import org.jspecify.annotations.NullMarked;
