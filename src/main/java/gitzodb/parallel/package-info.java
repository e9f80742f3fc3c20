/**
 * Work on several threads whose result is the same as on one: {@link gitzodb.parallel.InOrder} makes pieces side by side
 * and takes them in their order, {@link gitzodb.parallel.Beside} works beside the caller.
 */
@NullMarked
package gitzodb.parallel;

import org.jspecify.annotations.NullMarked;
