/** The git side: objects in bulk through JGit, everything else through git itself. Knows nothing of ZODB. */
@NullMarked
package gitzodb.git;

import org.jspecify.annotations.NullMarked;
