/**
 * Shorter elements for objects of some classes, where the general form says one fact in many places: the users, roles and
 * plugins of PluggableAuthService. Entry type: {@link gitzodb.shorthand.Shorthands}.
 *
 * <p>A shorthand is about elements alone: it makes one element of another, and back. It is written only if making it
 * long again gives the same elements, so it loses nothing and needs to know nothing of values, references and files;
 * an object of another shape than expected is left as it is. To add one, implement
 * {@link gitzodb.shorthand.Shorthand}, list it in {@code Shorthands}, and describe it in {@code class-formats.md}.
 */
@NullMarked
package gitzodb.shorthand;

import org.jspecify.annotations.NullMarked;
