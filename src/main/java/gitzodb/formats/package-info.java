/** The class formats: one small class for each family of Zope classes. */
@NullMarked
package gitzodb.formats;

import org.jspecify.annotations.NullMarked;
