/** Runs the independent checkers and real ZODB code beside the tests; see {@link gitzodb.oracle.Oracle}. */
@NullMarked
package gitzodb.oracle;

import org.jspecify.annotations.NullMarked;
