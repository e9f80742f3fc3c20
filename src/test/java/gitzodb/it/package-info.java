/**
 * The main job from outside: the packaged jar through its launcher, the real git, databases edited and judged by real
 * ZODB and Zope. {@link gitzodb.it.Workbench} gives a test its own home, {@link gitzodb.it.Site} is a database as Zope sees
 * it, {@link gitzodb.it.Checkout} the repository bound to it.
 */
@NullMarked
package gitzodb.it;

import org.jspecify.annotations.NullMarked;
